using Dialogue.Wire;
namespace Dialogue.Dialogues.Room;
public sealed record RoomView(DialogueId Dialogue, string Code, string JoinAddress, DialogueState State, int Number, Viewer Viewer, string Language, IReadOnlySet<int> Present);
public sealed class RoomRenderer
{
    public Task<IReadOnlyList<Change>> Shared(RoomView view, IReadOnlyList<DialogueEvent> visible) => Task.FromResult<IReadOnlyList<Change>>([]);
    public Task<IReadOnlyList<Change>> Private(RoomView view, IReadOnlyList<DialogueEvent> visibleToSeat) => Task.FromResult<IReadOnlyList<Change>>([]);
    public Task<Change> People(RoomView view) => Task.FromResult(new Change("morph", "people", ""));
}
