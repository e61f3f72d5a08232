using Dialogue.Activities;
using Dialogue.Activities.Talk;

namespace Dialogue.Dialogues.Room.Talk;

/// <summary>Whose turn it is, who comes next, and the points that guides noted.</summary>
public sealed class TalkFace : Face
{
    public override Type Composer => typeof(TalkForms);
    public override Type Board => typeof(TalkBoard);
    public override Type Mine => typeof(OwnTurn);
    public override Type Card => typeof(PointCard);
    public override Type HandAction => typeof(GiveTurnButton);
    public override bool ShowsOwnItems => true;
    public override bool AsksReady => false;

    public override IEnumerable<Part> AtTheTable(RoomView view) =>
        [
            Part.Morph<TurnNow>("turn"),
            Part.Morph<TurnOrder>("turn-order"),
            .. view.IsGuide ? [Part.Morph<TurnForms>("turn-forms"), Part.Morph<TurnTo>("turn-to")] : Array.Empty<Part>(),
        ];

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) =>
        happened switch
        {
            CorrectionRequested e when view.State.IsShown(e.Item) =>
            [
                Part.Put(
                    typeof(PointCard),
                    $"item-{e.Item}",
                    Regions.ListOf(view.State, view.State.Items[e.Item].Item),
                    "Item",
                    view.State.Items[e.Item].Item
                ),
                .. view.IsGuide ? [Part.Say(words => words["Said.Correction"])] : Array.Empty<Part>(),
            ],
            TurnGiven e =>
            [
                .. Turned(view),
                .. Speaking(view) is { } seat && seat.Id == e.To && !view.IsScreen
                    ? [Part.Say(words => words["Said.Turn", view.NameOf(seat.Id, words)])]
                    : Array.Empty<Part>(),
            ],
            TurnsStarted or TurnPassed => Turned(view),
            _ => [],
        };

    public override IEnumerable<Part> Private(RoomView view, ActivityEvent happened) =>
        happened switch
        {
            TurnGiven e when e.To == view.Viewer.Seat && Speaking(view)?.Id == e.To =>
            [
                Regions.Mine,
                Part.Say(words => words["Said.YourTurn"]),
            ],
            TurnsStarted or TurnGiven => [Regions.Mine],
            TurnPassed e when e.Seat == view.Viewer.Seat => [Regions.Mine],
            _ => [],
        };

    /// <summary>The buttons beside the hands say from whom the turn goes on.</summary>
    private IEnumerable<Part> Turned(RoomView view) => view.IsGuide ? [.. AtTheTable(view), Regions.Hands] : AtTheTable(view);

    private static Seat? Speaking(RoomView view) => ((TalkState)view.State.CurrentPhase!.State).Speaking(view.State);
}
