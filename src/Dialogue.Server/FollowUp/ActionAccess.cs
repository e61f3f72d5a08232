using Dialogue.Access;
using Dialogue.Dialogues;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// Who somebody is to an agreed action, and which actions a member of staff may see. Managers and coordinators see those of their
/// organisation; facilitators as well, save of a dialogue that is for its team only and theirs is another; everybody else sees what they
/// own or verify.
/// </summary>
public static class ActionAccess
{
    public const StaffRole Overseers = StaffRole.Manager | StaffRole.Coordinator | StaffRole.Facilitator;

    public static bool Oversees(StaffMember staff) => (staff.Roles & Overseers) != 0;

    public static ActionRoles RolesOf(AgreedActionRow row, StaffMember staff)
    {
        if (row.OrganisationId != staff.OrganisationId)
            return ActionRoles.None;
        var roles = ActionRoles.None;
        if (IsPerson(row.OwnerAccountId, row.OwnerEmail, staff))
            roles |= ActionRoles.Owner;
        if (IsPerson(row.VerifierAccountId, row.VerifierEmail, staff))
            roles |= ActionRoles.Verifier;
        if (staff.Is(StaffRole.Manager))
            roles |= ActionRoles.Sponsor;
        if (staff.Is(StaffRole.Coordinator))
            roles |= ActionRoles.Coordinator;
        if (staff.Is(StaffRole.Facilitator))
            roles |= ActionRoles.Facilitator;
        return roles;
    }

    public static IQueryable<AgreedActionRow> Visible(this IQueryable<AgreedActionRow> rows, DialogueDb db, StaffMember staff)
    {
        var own = rows.Where(row => row.OrganisationId == staff.OrganisationId);
        if ((staff.Roles & (StaffRole.Manager | StaffRole.Coordinator)) != 0)
            return own;
        if (!staff.Is(StaffRole.Facilitator))
            return rows.Mine(staff);
        var closed = db.Set<DialogueRow>().ClosedTo(db, staff).Select(dialogue => dialogue.Id);
        var email = Lower(staff.Email);
        return own.Where(row =>
            !closed.Contains(row.DialogueId)
            || row.OwnerAccountId == staff.AccountId
            || row.VerifierAccountId == staff.AccountId
            || row.OwnerEmail == email
            || row.VerifierEmail == email
        );
    }

    public static IQueryable<AgreedActionRow> Mine(this IQueryable<AgreedActionRow> rows, StaffMember staff)
    {
        // Addresses of our rows are stored in lower case.
        var email = Lower(staff.Email);
        return rows.Where(row =>
            row.OrganisationId == staff.OrganisationId
            && (
                row.OwnerAccountId == staff.AccountId
                || row.VerifierAccountId == staff.AccountId
                || row.OwnerEmail == email
                || row.VerifierEmail == email
            )
        );
    }

    /// <summary>The account of this organisation behind an address, if there is one.</summary>
    public static async Task<Guid?> AccountOf(DialogueDb db, Guid organisation, string? email, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(email))
            return null;
        var normalised = email.Trim().ToUpperInvariant();
        return await db
            .Users.Where(account => account.OrganisationId == organisation && account.NormalizedEmail == normalised)
            .Select(account => (Guid?)account.Id)
            .FirstOrDefaultAsync(stop);
    }

    public static string? Lower(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();

    private static bool IsPerson(Guid? account, string? email, StaffMember staff) =>
        account == staff.AccountId || (email is not null && string.Equals(email, staff.Email, StringComparison.OrdinalIgnoreCase));
}
