using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// A change of rights. It begins by writing to the row of the organisation: the database lets nobody else do that until this change is
/// committed or undone, so two changes are never decided on the same state. Afterwards there must
/// still be an administrator who can sign in.
/// </summary>
internal static class Rights
{
    /// <summary>
    /// Runs a change in a transaction of its own. A refusal, also that there would be no administrator left, undoes all of it.
    /// </summary>
    /// <param name="change">Changes and saves; what it answers is answered.</param>
    public static async Task<Result<T>> Change<T>(DialogueDb db, Guid organisation, Func<Task<Result<T>>> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Set<OrganisationRow>()
            .Where(row => row.Id == organisation)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RightsChanges, row => row.RightsChanges + 1), stop);
        Result<T> done;
        try
        {
            done = await change();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The person changed something of the account at the same moment.
            return RefusalCode.AlreadyAdvanced;
        }

        if (!done.Ok)
            return done;
        var left = await db.Users.AnyAsync(
            account =>
                account.OrganisationId == organisation
                && account.DeactivatedAt == null
                && account.PasswordHash != null
                && (account.Roles & StaffRole.Administrator) == StaffRole.Administrator,
            stop
        );
        if (!left)
            return RefusalCode.LastAdministrator;
        await transaction.CommitAsync(CancellationToken.None);
        return done;
    }

    public static Task<Account?> Find(DialogueDb db, StaffMember staff, Guid person, CancellationToken stop) =>
        db.Users.AsTracking().SingleOrDefaultAsync(account => account.Id == person && account.OrganisationId == staff.OrganisationId, stop);

    /// <summary>Without this a change that another made at the same moment would be lost unseen.</summary>
    public static void Touch(Account account) => account.ConcurrencyStamp = Guid.NewGuid().ToString();
}
