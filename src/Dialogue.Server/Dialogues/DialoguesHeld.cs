using Dialogue.Access;
using Dialogue.Organisations.People;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// The dialogues that are not closed and of whose team somebody is. Handing one on gives the place in the team to another facilitator, who
/// joins the room as an act of their own.
/// </summary>
internal sealed class DialoguesHeld(DialogueDb db, TimeProvider time) : IHeldByPeople
{
    public async Task<IReadOnlyList<HeldThing>> HeldBy(Guid organisation, Guid account, CancellationToken stop)
    {
        var held = await db.Set<DialogueRow>()
            .AsNoTracking()
            .Where(row =>
                row.OrganisationId == organisation
                && row.Stage != Stage.Closed
                && db.Set<DialogueTeamRow>().Any(member => member.DialogueId == row.Id && member.AccountId == account)
            )
            .OrderBy(row => row.PreparedAt)
            .Select(row => new { row.Id, row.Title })
            .ToListAsync(stop);
        return
        [
            .. held.Select(row => new HeldThing(
                HeldKind.GuidesDialogue,
                $"dialogue-{row.Id:N}-{account:N}",
                row.Title,
                $"/dialogen/{row.Id}/voorbereiden"
            )),
        ];
    }

    public async Task<Result<bool>> HandOn(StaffMember by, HeldThing thing, StaffMember to, CancellationToken stop)
    {
        if (!to.Is(StaffRole.Facilitator))
            return RefusalCode.HolderMissing;
        var parts = thing.Key.Split('-');
        var (dialogue, from) = (Guid.Parse(parts[1]), Guid.Parse(parts[2]));
        var team = await db.Set<DialogueTeamRow>().AsTracking().Where(member => member.DialogueId == dialogue).ToListAsync(stop);
        if (team.Find(member => member.AccountId == from) is { } leaving)
            db.Remove(leaving);
        if (!team.Exists(member => member.AccountId == to.AccountId))
            db.Add(
                new DialogueTeamRow
                {
                    DialogueId = dialogue,
                    AccountId = to.AccountId,
                    AddedBy = by.AccountId,
                    AddedAt = time.GetUtcNow(),
                }
            );
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException)
        {
            // The team was changed at the same moment.
            db.ChangeTracker.Clear();
            return RefusalCode.Busy;
        }

        return true;
    }
}
