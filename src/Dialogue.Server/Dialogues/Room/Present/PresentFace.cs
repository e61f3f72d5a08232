namespace Dialogue.Dialogues.Room.Present;

/// <summary>The case and its facts, by how certain they are; guides and the case owner note what is told.</summary>
public sealed class PresentFace : Face
{
    public override Type Composer => typeof(FactForm);
    public override Type Board => typeof(CaseBoard);
    public override Type Card => typeof(FactCard);
    public override bool ShowsOwnItems => true;
}
