using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>The language of one's own mails. Null or unknown: that of the organisation.</summary>
public sealed record ChooseLanguage(string? Language) : IRequest<bool>;

internal sealed class ChooseLanguageHandler(ICurrentStaff current, DialogueDb db) : IRequestHandler<ChooseLanguage, bool>
{
    public async Task<bool> Handle(ChooseLanguage request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return false;
        var account = await db.Users.SingleAsync(a => a.Id == staff.AccountId, cancellationToken);
        account.Language = string.IsNullOrEmpty(request.Language) ? null : Look.Language.Known(request.Language);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
