namespace Dialogue.Dialogues.Room.Break;

/// <summary>A clock and a cup of tea.</summary>
public sealed class BreakFace : Face
{
    public override Type Board => typeof(BreakBoard);
}
