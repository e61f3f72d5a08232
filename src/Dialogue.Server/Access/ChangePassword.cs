using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>
/// Somebody who is signed in chooses another password. All other sessions end; this one stays. The mailbox of the account is told.
/// </summary>
public sealed record ChangePassword(string? Current, string? New, string? Again) : IRequest<ChangePasswordAnswer>;

/// <param name="CurrentWrong">The old password does not fit.</param>
/// <param name="Wait">How long the next try waits; zero when it need not.</param>
public sealed record ChangePasswordAnswer(
    bool CurrentWrong = false,
    TimeSpan Wait = default,
    PasswordFault? Fault = null,
    bool NotTheSame = false
);

internal sealed class ChangePasswordHandler(
    OwnPassword own,
    ICurrentStaff current,
    DialogueDb db,
    UserManager<Account> accounts,
    StaffSessions sessions,
    AccountLinks links,
    AccountLetters letters,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<ChangePassword, ChangePasswordAnswer>
{
    public async Task<ChangePasswordAnswer> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var (account, wait) = await own.Check(request.Current, cancellationToken);
        if (account is null)
            return new(CurrentWrong: true, Wait: wait);
        if (PasswordRules.Check(request.New, account.Name, account.Email) is { } fault)
            return new(Fault: fault);
        if (!string.Equals(request.New, request.Again, StringComparison.Ordinal))
            return new(NotTheSame: true);
        var session = (await current.Get(cancellationToken))!.Session;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, request.New!);
        account.PasswordChosenAt = time.GetUtcNow();
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await links.Revoke(db, account.Id, AccountLinkPurpose.Recover, cancellationToken);
        await letters.Changed(db, account, "Password", stop: cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await sessions.EndAll(account.Id, cancellationToken, except: session);
        await transaction.CommitAsync(cancellationToken);
        sessions.Tell(account.Id, except: session);
        security.PasswordChanged(account.Id, "by the person");
        return new();
    }
}
