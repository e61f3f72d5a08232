using System.Globalization;
using Dialogue.Anonymous;
using Dialogue.Templates;

namespace Dialogue.Activities;

/// <summary>What one phase knows about itself, beyond what all phases know. Immutable.</summary>
public abstract record ActivityState;

/// <summary>The state of an activity that keeps nothing of its own.</summary>
public sealed record NoActivityState : ActivityState
{
    public static NoActivityState Instance { get; } = new();
}

/// <summary>What an activity looks at when it decides.</summary>
public readonly record struct Deciding(DialogueState State, PhaseState Phase, By By, Moment Moment)
{
    public Seat? Seat => State.Seat(By.Seat);

    public T Settings<T>()
        where T : PhaseSettings, new() => Phase.Template.Set<T>();
}

/// <summary>
/// A kind of phase. Each changes another thing in the record: the nine of them are all there is, and a tenth takes a folder here, a line in
/// <see cref="ActivityCatalogue"/> and a folder with its faces in the server. No timers, no sending, no database: deadlines are data.
/// </summary>
public abstract class Activity
{
    /// <summary>The name in templates and in the names of events; never changes.</summary>
    public abstract string Name { get; }

    /// <summary>The settings of a phase for which a template sets nothing; their type says what can be set.</summary>
    public virtual PhaseSettings NoSettings => Templates.NoSettings.Instance;
    public virtual ActivityState Begin => NoActivityState.Instance;
    public virtual IEnumerable<CommandEntry> Commands => [];
    public virtual IEnumerable<EventEntry> Events => [];

    /// <summary>Whether an anonymous phase of this kind takes sealed entries.</summary>
    public virtual bool CanBeSealed => false;

    /// <summary>How many entries one seat may put in the box of one phase.</summary>
    public virtual int SealedQuota => Limits.TicketsPerSeatAndPhase;

    /// <summary>
    /// Items of this kind of phase are what guides noted for the room: no perspective goes with them, and any guide may reword one or take
    /// it back.
    /// </summary>
    public virtual bool CapturedByGuides => false;

    /// <summary>
    /// What is wrong with the settings of a phase, in plain English for whoever writes the template; empty when all is well.
    /// </summary>
    public virtual IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template) => [];

    public virtual Ruling Decide(Deciding on, ActivityCommand command) => RefusalCode.NotAllowed;

    /// <summary>Total, as <see cref="DialogueState.Fold(DialogueEvent)"/> is.</summary>
    public virtual DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) => state;

    /// <summary>
    /// Whether a closed round may be opened again. Not where numbers were shown: the difference between two of them can be one person.
    /// </summary>
    public virtual bool MayReopen => true;

    /// <summary>What is there from the start, when the phase opens for the first time.</summary>
    public virtual IEnumerable<DialogueEvent> OnOpen(DialogueState state, PhaseState phase, Moment moment) => [];

    /// <summary>What becomes visible when the round closes.</summary>
    public virtual IEnumerable<DialogueEvent> OnClose(DialogueState state, PhaseState phase, Moment moment) => [];

    /// <summary>Why the room may not go on from here, or null.</summary>
    public virtual RefusalCode? MayLeave(DialogueState state, PhaseState phase) => null;

    /// <summary>Checks an entry before it goes into the box, and returns it clean.</summary>
    public virtual Result<SealedEntry> Seal(PhaseState phase, SealedEntry entry) => RefusalCode.NotSealed;

    protected static Answer.Refused OutOfRange(int low, int high) =>
        new(
            RefusalCode.ValueOutOfRange,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["min"] = low.ToString(CultureInfo.InvariantCulture),
                ["max"] = high.ToString(CultureInfo.InvariantCulture),
            }
        );
}

/// <summary>A command as the wire knows it, and who may want it when.</summary>
public sealed record CommandEntry(Type Type, string Name, Role Roles, Stage Stages)
{
    public static CommandEntry Of<T>(string name, Role roles, Stage stages = Stage.Running)
        where T : DialogueCommand => new(typeof(T), name, roles, stages);
}

/// <summary>An event as the log knows it: the name is the contract, the class is not.</summary>
public sealed record EventEntry(Type Type, string Name)
{
    public static EventEntry Of<T>(string name)
        where T : DialogueEvent => new(typeof(T), name);
}
