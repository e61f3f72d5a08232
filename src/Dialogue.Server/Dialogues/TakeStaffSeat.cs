using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A facilitator of the organisation takes a seat as co-facilitator, or gets back the seat that is already theirs.</summary>
public sealed record TakeStaffSeat(DialogueId Dialogue) : IRequest<Result<SeatId>>
{
    /// <summary>A seat in the roster and the event, in one transaction.</summary>
    internal static async Task<Result<SeatId>> Take(LiveDialogues dialogues, DialogueId dialogue, StaffMember member, Role role)
    {
        SeatId? taken = null;
        var answer = await dialogues.Perform(dialogue, id: null, new TakeSeat(member.Name, "", role), seat: null, Role.Organiser, (state, db) =>
        {
            taken = new SeatId(state.Seats.Count);
            db.Add(new SeatRow { DialogueId = dialogue.Value, Seat = taken.Value.Value, AccountId = member.AccountId });
        });
        return answer is Answer.Refused refused ? refused : taken!.Value;
    }
}

internal sealed class TakeStaffSeatHandler(LiveDialogues dialogues, IDbContextFactory<DialogueDb> databases, ICurrentStaff staff) : IRequestHandler<TakeStaffSeat, Result<SeatId>>
{
    public async Task<Result<SeatId>> Handle(TakeStaffSeat ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member) return RefusalCode.NotAllowed;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ours = await db.Set<DialogueRow>().AnyAsync(row => row.Id == ask.Dialogue.Value && row.OrganisationId == member.OrganisationId, cancellationToken);
        if (!ours) return RefusalCode.NoSuchDialogue;
        if (await Seats.OfAccount(db, ask.Dialogue, member.AccountId, cancellationToken) is { } known) return known;
        return member.Is(StaffRole.Facilitator) ? await TakeStaffSeat.Take(dialogues, ask.Dialogue, member, Role.CoFacilitator) : RefusalCode.NotAllowed;
    }
}
