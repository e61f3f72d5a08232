using Dialogue.Activities;
using Dialogue.Activities.Assess;

namespace Dialogue.Dialogues.Room.Assess;

/// <summary>Answers are given in the private part, where only their seat sees them; the board shows the numbers of the room.</summary>
public sealed class AssessFace : Face
{
    public override Type Board => typeof(AssessBoard);
    public override Type Mine => typeof(OwnAnswers);
    public override bool MineHoldsItems => true;

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) =>
        happened is AssessmentRevealed ? [Regions.Board] : [];

    public override IEnumerable<Part> Private(RoomView view, ActivityEvent happened) =>
        happened is AssessmentGiven or AssessmentWithdrawn or AssessmentRevealed ? [Regions.Mine] : [];

    /// <summary>The words of a subject: one of the phase, or an item.</summary>
    public static string Words(RoomView view, PhaseState phase, string subject)
    {
        if (phase.Template.Set<AssessSettings>().Subjects.FirstOrDefault(one => one.Key == subject) is { } found)
            return found.Name.In(view.Language);
        return
            int.TryParse(subject, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && view.State.Items.TryGetValue(new ItemId(number), out var held)
            && held.IsShown
            ? held.Item.Text
            : "–";
    }
}
