namespace Dialogue.Dialogues.Room.Contribute;

/// <summary>Writing, live or blind or through the sealed box, and what was shown of it.</summary>
public sealed class ContributeFace : Face
{
    public override Type Composer => typeof(Writer);
    public override Type Board => typeof(ItemBoard);
    public override Type Mine => typeof(OwnItems);
    public override bool ShowsOwnItems => true;

    /// <summary>A note comes or changes by itself: whoever writes much is not sent the whole list each time.</summary>
    public override IEnumerable<Part> Own(RoomView view, ItemId item) =>
        view.State.Items.TryGetValue(item, out var held) && !held.Withdrawn
            ? [Part.Put<OwnItem>(OwnItem.TargetOf(item), OwnItem.ListId, nameof(OwnItem.Held), held, Regions.Mine.Target)]
            : [Part.Remove(OwnItem.TargetOf(item), Regions.Mine.Target)];
}
