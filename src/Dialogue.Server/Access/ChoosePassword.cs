using Dialogue.Organisations;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// With a mailed link somebody chooses their first password (an invitation) or another one (recovery). Whoever could read the mailbox has
/// shown that the address works; all sessions of the account end, and the second factor stays what it was.
/// </summary>
public sealed record ChoosePassword(string Token, AccountLinkPurpose Purpose, string? Password, string? Again)
    : IRequest<ChoosePasswordAnswer>;

/// <param name="LinkEnded">The link does not work (any more); nothing changed.</param>
/// <param name="Fault">What is wrong with the password, or null.</param>
/// <param name="NotTheSame">Typed differently the second time.</param>
public sealed record ChoosePasswordAnswer(bool LinkEnded = false, PasswordFault? Fault = null, bool NotTheSame = false)
{
    public bool Done => !LinkEnded && Fault is null && !NotTheSame;
}

internal sealed class ChoosePasswordHandler(
    DialogueDb db,
    UserManager<Account> accounts,
    AccountLinks links,
    AccountLetters letters,
    StaffSessions sessions,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<ChoosePassword, ChoosePasswordAnswer>
{
    public async Task<ChoosePasswordAnswer> Handle(ChoosePassword request, CancellationToken cancellationToken)
    {
        if (await links.Look(db, request.Token, request.Purpose, cancellationToken) is not { } view)
            return new(LinkEnded: true);
        if (PasswordRules.Check(request.Password, view.Name, view.SentTo, view.Organisation) is { } fault)
            return new(Fault: fault);
        if (!string.Equals(request.Password, request.Again, StringComparison.Ordinal))
            return new(NotTheSame: true);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await links.Use(db, request.Token, request.Purpose, cancellationToken) is not ({ } link, { } account))
            return new(LinkEnded: true);
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, request.Password!);
        account.PasswordChosenAt = time.GetUtcNow();
        account.EmailConfirmed = account.EmailConfirmed || string.Equals(link.Email, account.Email, StringComparison.OrdinalIgnoreCase);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        // Whoever chose a password needs no other open link to choose one.
        await links.Revoke(db, account.Id, AccountLinkPurpose.Recover, cancellationToken);
        await links.Revoke(db, account.Id, AccountLinkPurpose.Invite, cancellationToken);
        link.RevokedAt = null;
        if (request.Purpose == AccountLinkPurpose.Recover)
            await letters.Changed(db, account, "Password", stop: cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new(LinkEnded: true);
        }

        await sessions.EndAll(account.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        sessions.Tell(account.Id);
        security.LinkUsed(account.Id, request.Purpose);
        security.PasswordChanged(account.Id, request.Purpose == AccountLinkPurpose.Invite ? "first" : "recovered");
        return new();
    }
}
