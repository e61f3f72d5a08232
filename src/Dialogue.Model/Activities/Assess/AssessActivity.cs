using System.Collections.Immutable;
using System.Globalization;
using Dialogue.Templates;

namespace Dialogue.Activities.Assess;

/// <param name="Subject">Key of a subject of the phase, or the number of an item.</param>
/// <param name="Value">Scale: 1..steps, or 0 for 'I do not know'. Dots: how many of one's points go to this subject.</param>
public sealed record GiveAssessment(PhaseId Phase, string Subject, int Value) : ActivityCommand(Phase);

public sealed record WithdrawAssessment(PhaseId Phase, string Subject) : ActivityCommand(Phase);

public sealed record AssessmentGiven(PhaseId Phase, SeatId Seat, string Subject, int Value) : ActivityEvent(Phase)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

public sealed record AssessmentWithdrawn(PhaseId Phase, SeatId Seat, string Subject) : ActivityEvent(Phase)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>What the room made of it, as numbers per subject and never per person.</summary>
public sealed record AssessmentRevealed(PhaseId Phase, IReadOnlyList<Distribution> Distributions) : ActivityEvent(Phase);

/// <param name="Counts">How often each value was given: scale 1..steps; dots: one number, the sum of points. Empty when too few
/// answered.</param>
/// <param name="DontKnow">How many said that they do not know; 0 when too few answered.</param>
public sealed record Distribution(string Subject, int Answers, IReadOnlyList<int> Counts, int DontKnow = 0)
{
    public bool TooFew => Counts.Count == 0;
    public double Mean =>
        TooFew || Counts.Sum() == 0 ? 0 : Counts.Select((count, index) => (double)count * (index + 1)).Sum() / Counts.Sum();
}

public sealed record AssessState : ActivityState
{
    public ImmutableDictionary<(SeatId Seat, string Subject), int> Given { get; init; } = ImmutableDictionary<(SeatId, string), int>.Empty;
    public ImmutableArray<Distribution> Distributions { get; init; } = [];

    public int? Of(SeatId? seat, string subject) => seat is { } id && Given.TryGetValue((id, subject), out var value) ? value : null;

    public int PointsUsedBy(SeatId seat) => Given.Where(given => given.Key.Seat == seat).Sum(given => given.Value);
}

/// <summary>Everybody gives a private value; the room sees distributions, from five answers on. Decides nothing.</summary>
public sealed class AssessActivity : Activity
{
    public override string Name => "assess";

    public override PhaseSettings NoSettings { get; } = new AssessSettings();

    public override ActivityState Begin => new AssessState();

    public override bool MayReopen => false;

    public override IEnumerable<CommandEntry> Commands =>
        [CommandEntry.Of<GiveAssessment>("assess/give", Role.Voices), CommandEntry.Of<WithdrawAssessment>("assess/withdraw", Role.Voices)];

    public override IEnumerable<EventEntry> Events =>
        [
            EventEntry.Of<AssessmentGiven>("assess/given.v1"),
            EventEntry.Of<AssessmentWithdrawn>("assess/withdrawn.v1"),
            EventEntry.Of<AssessmentRevealed>("assess/revealed.v1"),
        ];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<AssessSettings>().Instrument is null)
            yield return "assess needs 'instrument': scale or dots";
        if (phase.Set<AssessSettings>().Steps is < 2 or > 10)
            yield return "'steps' must be from 2 to 10";
        if (phase.Set<AssessSettings>().Points is < 1 or > 20)
            yield return "'points' must be from 1 to 20";
        if (phase.Attribution == Attribution.Anonymous)
            yield return "assess is private and not anonymous: the room sees numbers only, but set 'attribution: perspective'";
        if (phase.Reveal != Reveal.OnClose)
            yield return "assess is blind: set 'reveal: onClose'";
    }

    /// <summary>The subjects of a phase by key: its own, or the items it works on.</summary>
    public static IEnumerable<string> Subjects(DialogueState state, PhaseState phase) =>
        phase.Template.Set<AssessSettings>().Subjects.Count > 0
            ? phase.Template.Set<AssessSettings>().Subjects.Select(subject => subject.Key)
            : state.WorkedOn(phase).Select(item => item.Id.ToString());

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        var mine = (AssessState)on.Phase.State;
        var seat = on.Seat!.Id;
        if (!on.Phase.RoundOpen)
            return RefusalCode.RoundClosed;
        switch (command)
        {
            case GiveAssessment c:
                if (!Subjects(on.State, on.Phase).Contains(c.Subject))
                    return RefusalCode.NoSuchItem;
                if (mine.Of(seat, c.Subject) is not null)
                    return RefusalCode.AlreadyAnswered;
                if (on.Settings<AssessSettings>().Instrument == AssessInstrument.Dots)
                {
                    if (c.Value < 1 || c.Value > on.Settings<AssessSettings>().Points)
                        return OutOfRange(1, on.Settings<AssessSettings>().Points);
                    if (mine.PointsUsedBy(seat) + c.Value > on.Settings<AssessSettings>().Points)
                        return new Answer.Refused(
                            RefusalCode.NoPointsLeft,
                            new Dictionary<string, string>(StringComparer.Ordinal)
                            {
                                ["limit"] = on.Settings<AssessSettings>().Points.ToString(CultureInfo.InvariantCulture),
                            }
                        );
                }
                else if (c.Value < 0 || c.Value > on.Settings<AssessSettings>().Steps)
                    return OutOfRange(0, on.Settings<AssessSettings>().Steps);
                return new AssessmentGiven(on.Phase.Id, seat, c.Subject, c.Value);
            case WithdrawAssessment c:
                return mine.Of(seat, c.Subject) is null
                    ? RefusalCode.NothingToWithdraw
                    : new AssessmentWithdrawn(on.Phase.Id, seat, c.Subject);
            default:
                return RefusalCode.NotAllowed;
        }
    }

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) =>
        state.WithPhase(
            phase.Id,
            p =>
                p with
                {
                    State = happened switch
                    {
                        AssessmentGiven e => Mine(p) with { Given = Mine(p).Given.SetItem((e.Seat, e.Subject), e.Value) },
                        AssessmentWithdrawn e => Mine(p) with { Given = Mine(p).Given.Remove((e.Seat, e.Subject)) },
                        AssessmentRevealed e => Mine(p) with { Distributions = [.. e.Distributions] },
                        _ => p.State,
                    },
                }
        );

    public override IEnumerable<DialogueEvent> OnClose(DialogueState state, PhaseState phase, Moment moment) =>
        [new AssessmentRevealed(phase.Id, [.. Subjects(state, phase).Select(subject => Distribute(phase, subject))])];

    private static Distribution Distribute(PhaseState phase, string subject)
    {
        var mine = Mine(phase);
        var values = mine.Given.Where(given => given.Key.Subject == subject).Select(given => given.Value).ToArray();
        if (phase.Template.Set<AssessSettings>().Instrument == AssessInstrument.Dots)
        {
            // For dots the group that could be singled out is everybody who placed any.
            var voters = mine.Given.Keys.Select(key => key.Seat).Distinct().Count();
            return new Distribution(subject, voters, voters < Limits.AnswersForDistribution ? [] : [values.Sum()]);
        }
        if (values.Length < Limits.AnswersForDistribution)
            return new Distribution(subject, values.Length, []);
        return new Distribution(
            subject,
            values.Length,
            [.. Enumerable.Range(1, phase.Template.Set<AssessSettings>().Steps).Select(step => values.Count(value => value == step))],
            values.Count(value => value == 0)
        );
    }

    private static AssessState Mine(PhaseState phase) => (AssessState)phase.State;
}
