using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// The holder of a link that has expired asks for a new one. It goes to the address that we know, never to one that is typed,
/// and not more than once an hour. A revoked link stays ended: its holder is no longer the one.
/// </summary>
public sealed record RenewLink(string Token) : IRequest<Result<bool>>;

internal sealed class RenewLinkHandler(DialogueDb db, ActionLetters letters, TimeProvider time) : IRequestHandler<RenewLink, Result<bool>>
{
    public async Task<Result<bool>> Handle(RenewLink request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var link = await ActionLinks.Find(db, request.Token, cancellationToken);
        if (link is null)
            return RefusalCode.LinkUnknown;
        if (link.RevokedAt is not null)
            return RefusalCode.LinkEnded;
        var hourAgo = now.AddHours(-1);
        if (
            await db.Set<ActionLinkRow>()
                .AnyAsync(
                    other => other.ActionId == link.ActionId && other.Purpose == link.Purpose && other.CreatedAt > hourAgo,
                    cancellationToken
                )
        )
            return RefusalCode.TooFast;
        var row = await db.Set<AgreedActionRow>().AsNoTracking().SingleAsync(row => row.Id == link.ActionId, cancellationToken);
        await letters.Renew(db, row, link.Purpose, now, cancellationToken);
        await db.SaveChangesAsync(CancellationToken.None);
        return true;
    }
}
