using MediatR;

namespace Dialogue.Dialogues;

/// <summary>Somebody in the room wants something. The answer comes after the commit.</summary>
public sealed record Perform(LiveRoom Room, CommandId Id, DialogueCommand Command, SeatId Seat) : IRequest<Answer>;

internal sealed class PerformHandler : IRequestHandler<Perform, Answer>
{
    public Task<Answer> Handle(Perform request, CancellationToken cancellationToken) =>
        request.Room.Perform(request.Id, request.Command, request.Seat, Role.None);
}
