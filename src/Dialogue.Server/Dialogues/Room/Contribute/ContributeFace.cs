namespace Dialogue.Dialogues.Room.Contribute;

/// <summary>Writing, live or blind or through the sealed box, and what was shown of it.</summary>
public sealed class ContributeFace : Face
{
    public override Type Composer => typeof(Writer);
    public override Type Board => typeof(ItemBoard);
    public override Type Mine => typeof(OwnItems);
    public override bool ShowsOwnItems => true;
}
