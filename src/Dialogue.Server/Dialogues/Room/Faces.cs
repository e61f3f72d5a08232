using Dialogue.Activities;

namespace Dialogue.Dialogues.Room;

/// <summary>How one kind of phase looks. The components are in the folder of the activity, next to its face.</summary>
public abstract class Face
{
    /// <summary>The forms of the phase, the same for everybody with one role; null when there is nothing to fill in.</summary>
    public virtual Type? Composer => null;

    /// <summary>What is shown to all.</summary>
    public virtual Type? Board => null;

    /// <summary>What only one seat may see: its own notes, its own answers.</summary>
    public virtual Type? Mine => null;

    /// <summary>The board lists the items that were brought in during this phase.</summary>
    public virtual bool ShowsOwnItems => false;

    /// <summary>The private part lists items of others, so hiding one changes it.</summary>
    public virtual bool MineHoldsItems => false;

    /// <summary>What changes for its author when one item was written, reworded, shown or taken back.</summary>
    public virtual IEnumerable<Part> Own(RoomView view, ItemId item) => [Regions.Mine];

    /// <summary>Whether each says when they are ready. Not where people speak: that button would look like the end of a turn.</summary>
    public virtual bool AsksReady => true;

    /// <summary>How one item of this phase looks while the phase is on; it takes the parameter <c>Item</c>.</summary>
    public virtual Type Card => typeof(Parts.ItemCard);

    /// <summary>What a guide can do with a raised hand, beside it; it takes the parameter <c>Of</c>, a seat.</summary>
    public virtual Type? HandAction => null;

    /// <summary>What else changes when somebody comes, goes, or raises a hand.</summary>
    public virtual IEnumerable<Part> AtTheTable(RoomView view) => [];

    public virtual IEnumerable<Part> Shared(RoomView view, ActivityEvent happened) => [];

    public virtual IEnumerable<Part> Private(RoomView view, ActivityEvent happened) => [];
}

/// <summary>The faces of all activities by the name of the activity. A new activity is a folder and one line here.</summary>
public static class Faces
{
    private static readonly Dictionary<string, Face> ByActivity = new(StringComparer.Ordinal)
    {
        ["present"] = new Present.PresentFace(),
        ["contribute"] = new Contribute.ContributeFace(),
        ["talk"] = new Talk.TalkFace(),
        ["organise"] = new Organise.OrganiseFace(),
        ["assess"] = new Assess.AssessFace(),
        ["decide"] = new Decide.DecideFace(),
        ["commit"] = new Commit.CommitFace(),
        ["reflect"] = new Reflect.ReflectFace(),
        ["break"] = new Break.BreakFace(),
    };

    public static Face Of(PhaseState phase) => ByActivity[phase.Kind.Name];

    public static bool Knows(Activity activity) => ByActivity.ContainsKey(activity.Name);
}
