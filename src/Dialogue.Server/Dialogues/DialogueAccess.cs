using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>How far a dialogue and its outcome may be read, from few to many.</summary>
public enum DialogueLevel
{
    /// <summary>The team, and whoever took part.</summary>
    Team,

    /// <summary>The unit of the dialogue as well. Until accounts have units this is the same as <see cref="Team"/>.</summary>
    Unit,

    /// <summary>All staff of the organisation.</summary>
    Organisation,

    /// <summary>As <see cref="Organisation"/>, and meant to be shared with partner organisations.</summary>
    Chain,

    /// <summary>As <see cref="Organisation"/>, and meant to be made public.</summary>
    Public,
}

/// <summary>
/// Which dialogues a member of staff may see, with their outcome: the one place where that is decided, for pages, lists and programs.
/// Who takes part sees it by their seat (<see cref="Seats"/>).
/// </summary>
public static class DialogueAccess
{
    /// <summary>What is left of a list for this member of staff.</summary>
    public static IQueryable<DialogueRow> VisibleTo(this IQueryable<DialogueRow> rows, DialogueDb db, StaffMember member) =>
        rows.Where(row =>
            row.OrganisationId == member.OrganisationId
            && (
                // Not compared by size: a level is a word in the database.
                (row.Level != DialogueLevel.Team && row.Level != DialogueLevel.Unit)
                || db.Set<DialogueTeamRow>().Any(team => team.DialogueId == row.Id && team.AccountId == member.AccountId)
            )
        );

    /// <summary>Those of their organisation that are for a team only, where this member is not in the team and did not take part.</summary>
    public static IQueryable<DialogueRow> ClosedTo(this IQueryable<DialogueRow> rows, DialogueDb db, StaffMember member) =>
        rows.Where(row =>
            row.OrganisationId == member.OrganisationId
            && (row.Level == DialogueLevel.Team || row.Level == DialogueLevel.Unit)
            && !db.Set<DialogueTeamRow>().Any(team => team.DialogueId == row.Id && team.AccountId == member.AccountId)
            && !db.Set<SeatRow>().Any(seat => seat.DialogueId == row.Id && seat.AccountId == member.AccountId)
        );

    public static Task<bool> MaySeeDialogue(this DialogueDb db, StaffMember member, DialogueId dialogue, CancellationToken stop) =>
        db.Set<DialogueRow>().Where(row => row.Id == dialogue.Value).VisibleTo(db, member).AnyAsync(stop);

    /// <summary>Whether somebody is in the team that prepares and guides a dialogue of their organisation.</summary>
    public static Task<bool> InTeam(this DialogueDb db, StaffMember member, DialogueId dialogue, CancellationToken stop) =>
        db.Set<DialogueTeamRow>()
            .AnyAsync(
                team =>
                    team.DialogueId == dialogue.Value
                    && team.AccountId == member.AccountId
                    && db.Set<DialogueRow>().Any(row => row.Id == team.DialogueId && row.OrganisationId == member.OrganisationId),
                stop
            );
}
