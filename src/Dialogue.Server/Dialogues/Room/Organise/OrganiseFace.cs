using Dialogue.Activities;
using Dialogue.Activities.Organise;

namespace Dialogue.Dialogues.Room.Organise;

/// <summary>
/// Items in columns, or values at items and values against each other. Each move is a list and a button: nothing needs dragging.
/// </summary>
public sealed class OrganiseFace : Face
{
    public override Type Composer => typeof(TensionForm);
    public override Type Board => typeof(OrganiseBoard);

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) =>
        happened switch
        {
            ItemPlaced e when view.State.IsShown(e.Item) =>
            [
                Part.Put<PlacedItem>($"item-{e.Item}", ColumnId(e.Column), "Item", view.State.Items[e.Item].Item),
            ],
            ValueInvoked e => [Part.Put<ValueChip>($"value-{e.Id}", $"values-{e.Item}", "Invoked", e)],
            ValueReleased e => [Part.Remove($"value-{e.Id}"), Part.Morph<Released>("released", Regions.BoardId)],
            ValueRestored => [Regions.Board],
            TensionNamed e => [Part.Put<TensionRow>($"tension-{e.Id}", "tensions", "Tension", e)],
            TensionReleased e => [Part.Remove($"tension-{e.Id}"), Part.Morph<Released>("released", Regions.BoardId)],
            TensionRestored => [Regions.Board],
            _ => [],
        };

    public static string ColumnId(string? column) => column is null ? "column-none" : "column-" + column;
}
