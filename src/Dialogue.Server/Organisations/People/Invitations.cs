using Dialogue.Access;
using Dialogue.Storage;
using Dialogue.Trail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Makes an account without a password and mails a link to choose one. Used for colleagues and for the first of an organisation.
/// </summary>
public sealed class Invitations(AccountLinks links, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>Adds the account, its link, its letter and its line in the trail to the caller's context; the caller saves.</summary>
    /// <param name="name">Already read: one line.</param>
    /// <param name="email">Already read: one address.</param>
    public async Task<Account> Add(
        DialogueDb db,
        Guid organisation,
        string name,
        string email,
        StaffRole roles,
        Guid? unit,
        StaffMember by,
        CancellationToken stop
    )
    {
        var now = time.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisation,
            Name = name,
            Email = email,
            UserName = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            NormalizedUserName = normalizer.NormalizeName(email),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            Roles = roles,
            UnitId = unit,
        };
        db.Add(account);
        await links.Send(db, account, AccountLinkPurpose.Invite, by, stop: stop);
        Audit.Record(
            db,
            organisation,
            by.AccountId,
            AuditAct.AccountInvited,
            new("account", account.Id),
            now,
            string.Join(", ", Roles.Of(roles))
        );
        return account;
    }

    public Task<bool> IsKnown(DialogueDb db, string email, CancellationToken stop)
    {
        var normal = normalizer.NormalizeEmail(email);
        return db.Users.AnyAsync(account => account.NormalizedEmail == normal, stop);
    }
}
