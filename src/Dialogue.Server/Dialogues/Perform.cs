using MediatR;

namespace Dialogue.Dialogues;

/// <summary>Somebody at the table wants something. The answer comes after the commit.</summary>
public sealed record Perform(DialogueId Dialogue, CommandId Id, DialogueCommand Command, SeatId Seat) : IRequest<Answer>;

internal sealed class PerformHandler(LiveDialogues dialogues) : IRequestHandler<Perform, Answer>
{
    public Task<Answer> Handle(Perform wish, CancellationToken cancellationToken) =>
        dialogues.Perform(wish.Dialogue, wish.Id, wish.Command, wish.Seat, Role.None);
}
