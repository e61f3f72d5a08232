using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A facilitator of the organisation takes a seat as co-facilitator, or gets back the seat that is already theirs.</summary>
public sealed record TakeStaffSeat(DialogueId Dialogue) : IRequest<Result<SeatId>>;

internal sealed class TakeStaffSeatHandler(LiveDialogues dialogues, IDbContextFactory<DialogueDb> databases, ICurrentStaff staff)
    : IRequestHandler<TakeStaffSeat, Result<SeatId>>
{
    public async Task<Result<SeatId>> Handle(TakeStaffSeat ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member)
            return RefusalCode.NotAllowed;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ours = await db.Set<DialogueRow>()
            .AnyAsync(row => row.Id == ask.Dialogue.Value && row.OrganisationId == member.OrganisationId, cancellationToken);
        if (!ours)
            return RefusalCode.NoSuchDialogue;
        if (await Seats.OfAccount(db, ask.Dialogue, member.AccountId, cancellationToken) is { } known)
            return known;
        return member.Is(StaffRole.Facilitator)
            ? await Seats.Take(dialogues, ask.Dialogue, new TakeSeat(member.Name, "", Role.CoFacilitator), member.AccountId)
            : RefusalCode.NotAllowed;
    }
}
