using Dialogue.Access;
using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

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
                || (
                    row.Level == DialogueLevel.Unit
                    // The same unit of the first level, whichever teams of it the dialogue and the person are in.
                    && db.Set<UnitRow>()
                        .Any(its =>
                            its.Id == row.UnitId
                            && db.Users.Any(account =>
                                account.Id == member.AccountId
                                && db.Set<UnitRow>()
                                    .Any(own => own.Id == account.UnitId && (own.ParentId ?? own.Id) == (its.ParentId ?? its.Id))
                            )
                        )
                )
            )
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
