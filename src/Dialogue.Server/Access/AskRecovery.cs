using System.Diagnostics;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Somebody forgot a password. The answer is the same, and takes the same time, whether there is an account of this address or not;
/// only its mailbox learns the difference.
/// </summary>
/// <param name="Address">Where the request comes from, to limit how often.</param>
public sealed record AskRecovery(string? Email, string Address) : IRequest<bool>;

internal sealed class AskRecoveryHandler(
    DialogueDb db,
    UserManager<Account> accounts,
    AccountLinks links,
    RecoveryRequests requests,
    TimeProvider time
) : IRequestHandler<AskRecovery, bool>
{
    /// <summary>One mail each so long is enough; whoever asks again meanwhile gets the same answer and no second mail.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(2);

    /// <summary>Longer than writing a row takes, so that the time tells nothing.</summary>
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromMilliseconds(400);

    /// <returns>False when this address asked too often.</returns>
    public async Task<bool> Handle(AskRecovery request, CancellationToken cancellationToken)
    {
        if (!requests.Take(request.Address))
            return false;
        var began = Stopwatch.GetTimestamp();
        var email = accounts.NormalizeEmail(request.Email?.Trim() ?? "");
        var account = await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == email, cancellationToken);
        if (account is { DeactivatedAt: null, Email: not null })
        {
            var since = time.GetUtcNow() - Between;
            var justSent = await db.Set<AccountLinkRow>()
                .AnyAsync(
                    l =>
                        l.AccountId == account.Id
                        && l.Purpose == AccountLinkPurpose.Recover
                        && l.CreatedAt > since
                        && l.UsedAt == null
                        && l.RevokedAt == null,
                    cancellationToken
                );
            if (!justSent)
            {
                await links.Send(db, account, AccountLinkPurpose.Recover, by: null, stop: cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        var left = AnswerAfter - Stopwatch.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, TimeProvider.System, cancellationToken);
        return true;
    }
}
