using Dialogue.Activities;

namespace Dialogue.Dialogues.Room.Reflect;

/// <summary>Looks at the conversation, through the sealed box.</summary>
public sealed class ReflectFace : Face
{
    public override Type Composer => typeof(ReflectForm);
    public override Type Board => typeof(ReflectBoard);

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) => [Regions.Board];
}
