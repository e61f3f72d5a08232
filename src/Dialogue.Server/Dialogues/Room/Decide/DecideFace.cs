using Dialogue.Activities;
using Dialogue.Activities.Decide;

namespace Dialogue.Dialogues.Room.Decide;

/// <summary>Positions, proposal, objections, decision, and the minority view beside it; one step after the other.</summary>
public sealed class DecideFace : Face
{
    public override Type Composer => typeof(DecideForms);
    public override Type Board => typeof(DecideBoard);
    public override Type Mine => typeof(OwnPosition);

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) =>
        happened switch
        {
            PositionTaken or PositionWithdrawn => [],
            DecisionProposed => [Regions.Board, Regions.Composer, Part.Say(words => words["Said.Proposal"])],
            DecisionSettled => [Regions.Board, Regions.Composer, Regions.Controls, Part.Say(words => words["Said.Decision"])],
            MinorityViewGiven or NoMinorityViewStated => [Regions.Board, Regions.Composer, Regions.Controls],
            _ => [Regions.Board, Regions.Composer],
        };

    public override IEnumerable<Part> Private(RoomView view, ActivityEvent happened) =>
        happened is PositionTaken or PositionWithdrawn or PositionsRevealed ? [Regions.Mine] : [];
}
