using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Joins as a facilitator: an act of a member of the team, in the log and seen by the room. Whoever has a seat already gets that one, and
/// whoever left has it again.
/// </summary>
public sealed record TakeStaffSeat(DialogueId Dialogue) : IRequest<Result<SeatId>>;

internal sealed class TakeStaffSeatHandler(LiveDialogues dialogues, IDbContextFactory<DialogueDb> databases, ICurrentStaff staff)
    : IRequestHandler<TakeStaffSeat, Result<SeatId>>
{
    public async Task<Result<SeatId>> Handle(TakeStaffSeat ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member)
            return RefusalCode.NotAllowed;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.MaySeeDialogue(member, ask.Dialogue, cancellationToken))
            return RefusalCode.NoSuchDialogue;
        if (await Seats.OfAccount(db, ask.Dialogue, member.AccountId, cancellationToken) is { } known)
            return (await dialogues.Read(ask.Dialogue, stop: cancellationToken)).State.Seat(known) switch
            {
                { Removed: true } => RefusalCode.NotAllowed,
                // Who left as a facilitator and is no longer of the team was taken out of it.
                { Left: true, Role: Role.Facilitator or Role.CoFacilitator }
                    when !await db.InTeam(member, ask.Dialogue, cancellationToken) => RefusalCode.NotAllowed,
                { Left: true } => await dialogues.Perform(ask.Dialogue, id: null, new ReturnSeat(known), seat: null, Role.Organiser)
                    is Answer.Refused refused
                    ? refused
                    : known,
                _ => known,
            };
        if (!member.Is(StaffRole.Facilitator) || !await db.InTeam(member, ask.Dialogue, cancellationToken))
            return RefusalCode.NotAllowed;
        var taken = await Seats.Take(dialogues, ask.Dialogue, new TakeSeat(member.Name, "", Role.CoFacilitator), member.AccountId);
        // Two clicks at once: one was first, and the other finds its seat.
        return taken.Ok ? taken.Value
            : await Seats.OfAccount(db, ask.Dialogue, member.AccountId, cancellationToken) is { } meanwhile ? meanwhile
            : taken.Refusal!;
    }
}
