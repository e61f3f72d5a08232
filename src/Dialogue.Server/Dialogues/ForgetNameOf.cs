using MediatR;

namespace Dialogue.Dialogues;

/// <summary>
/// Erases by what name somebody took part in a dialogue: the row goes, every screen shows the number of the seat instead, and the
/// traces that the database keeps of it are wiped. What they brought in stays, without a name. Who may ask is decided by the caller.
/// </summary>
public sealed record ForgetNameOf(DialogueId Dialogue, SeatId Seat) : IRequest<Answer>;

internal sealed class ForgetNameOfHandler(LiveDialogues dialogues, LogWiper wiper) : IRequestHandler<ForgetNameOf, Answer>
{
    public async Task<Answer> Handle(ForgetNameOf ask, CancellationToken cancellationToken)
    {
        var answer = await dialogues.Perform(ask.Dialogue, id: null, new ForgetName(ask.Seat), seat: null, Role.Organiser);
        if (answer is Answer.Accepted)
            wiper.Ask();
        return answer;
    }
}
