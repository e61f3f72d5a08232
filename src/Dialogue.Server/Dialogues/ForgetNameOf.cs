using Dialogue.Access;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Erases by what name somebody took part in a dialogue: the row goes, every screen shows the number of the seat instead, and the
/// traces that the database keeps of it are wiped. What they brought in stays, without a name. The trail has a line of it with the number
/// of the seat. Who may ask is decided by the caller.
/// </summary>
public sealed record ForgetNameOf(DialogueId Dialogue, SeatId Seat) : IRequest<Answer>;

internal sealed class ForgetNameOfHandler(LiveDialogues dialogues, LogWiper wiper, DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<ForgetNameOf, Answer>
{
    public async Task<Answer> Handle(ForgetNameOf ask, CancellationToken cancellationToken)
    {
        var by = (await current.Get(cancellationToken))?.AccountId;
        var organisation = await db.Set<DialogueRow>()
            .Where(row => row.Id == ask.Dialogue.Value)
            .Select(row => row.OrganisationId)
            .SingleOrDefaultAsync(cancellationToken);
        var answer = await dialogues.Perform(
            ask.Dialogue,
            id: null,
            new ForgetName(ask.Seat),
            seat: null,
            Role.Organiser,
            (_, saved) =>
                Audit.Record(
                    saved,
                    organisation,
                    by,
                    AuditAct.Erased,
                    new("dialogue", ask.Dialogue.Value),
                    time.GetUtcNow(),
                    ask.Seat.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )
        );
        if (answer is Answer.Accepted)
            wiper.Ask();
        return answer;
    }
}
