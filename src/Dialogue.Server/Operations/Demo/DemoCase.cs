using Dialogue.Activities.Commit;
using Dialogue.Cases;
using Dialogue.FollowUp;
using Dialogue.Templates;

namespace Dialogue.Operations.Demo;

/// <summary>
/// One case of the demo: its question, how the dialogue went, and what became of what was agreed. All people and bodies are invented.
/// </summary>
internal abstract class DemoCase
{
    public abstract RegisterQuestion Question { get; }
    public abstract DemoOrganisation.Person BroughtBy { get; }
    public abstract string Template { get; }
    public abstract string Title { get; }
    public abstract Intake Intake { get; }
    public abstract IReadOnlyList<DemoAgreement> Agreements { get; }

    /// <summary>How long ago the dialogue was held.</summary>
    public abstract int DaysAgo { get; }

    /// <summary>What was known beforehand, by the keys under which the conversation comes back to it.</summary>
    public virtual IReadOnlyList<(string Key, Fact Fact)> Facts => [];

    /// <summary>The cards that were dealt; none when the method deals no cards.</summary>
    public virtual IReadOnlyList<Persona> Cards => [];

    public abstract Task Play(DemoTable table);

    protected static ActionPerson Of(DemoOrganisation.Person person) => new($"{person.Name} ({LowerFirst(person.Task)})", person.Email);

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}

/// <param name="Because">Keys of what was said in the room.</param>
/// <param name="First">The first step, in days from today.</param>
/// <param name="Due">In days from today.</param>
/// <param name="Confirmed">Whether the room agreed; what was only proposed is offered to nobody.</param>
internal sealed record DemoAgreement(
    string Key,
    string Text,
    AgreementKind Kind,
    string[] Because,
    string[] Values,
    ActionPerson Owner,
    string FirstStep,
    int First,
    int Due,
    string Evidence,
    ActionPerson? Verifier = null,
    string? IfThen = null,
    string? Indicator = null,
    bool Confirmed = true
)
{
    /// <summary>What people did with it afterwards, in order.</summary>
    public (ActionPerson By, ActionStep Step)[] After { get; init; } = [];

    /// <summary>Whether it was done and somebody agreed; then it was due when that was told, and not in the time to come.</summary>
    public bool Done => After.Any(taken => taken.Step is ActionStep.Verify { Verdict: Verdict.Agree });

    /// <summary>
    /// The day of the nth thing that people did with it, in days from today: spread between the dialogue and now, as such things go.
    /// </summary>
    public int DayOf(int n, int heldDaysAgo) => -heldDaysAgo + 2 + ((n + 1) * (heldDaysAgo - 5) / (After.Length + 1));

    /// <summary>The key of the agreement that took its place.</summary>
    public string? Successor { get; init; }
}
