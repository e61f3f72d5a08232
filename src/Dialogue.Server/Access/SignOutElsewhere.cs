using Dialogue.Storage;
using MediatR;

namespace Dialogue.Access;

/// <summary>Ends a session of one's own account on another device, or all of them, this one too. Their open lines end at once.</summary>
/// <param name="Session">As the list of sessions calls it; null for all.</param>
public sealed record SignOutElsewhere(Guid? Session) : IRequest<bool>;

internal sealed class SignOutElsewhereHandler(ICurrentStaff current, StaffSessions sessions, DialogueDb db, SecurityLog security)
    : IRequestHandler<SignOutElsewhere, bool>
{
    public async Task<bool> Handle(SignOutElsewhere request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return false;
        if (request.Session is { } one)
        {
            await sessions.EndOne(staff.AccountId, one, cancellationToken);
            security.SignedOut(staff.AccountId, "one other device");
            return true;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await sessions.EndAll(staff.AccountId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        sessions.Tell(staff.AccountId);
        security.SignedOut(staff.AccountId, "everywhere");
        return true;
    }
}
