using Dialogue.Templates;

namespace Dialogue.Activities.Talk;

/// <summary>Begins to go round the table: everybody with a voice has one turn.</summary>
public sealed record StartTurns(PhaseId Phase) : ActivityCommand(Phase);

/// <param name="To">Who speaks; without it whoever comes next, or nobody when nobody does.</param>
/// <param name="From">Who spoke as the guide saw it; when that is no longer so, the answer is <see cref="RefusalCode.TurnMoved"/>, so that
/// two clicks skip nobody.</param>
public sealed record GiveTurn(PhaseId Phase, SeatId? To = null, SeatId? From = null) : ActivityCommand(Phase);

/// <summary>
/// One's own turn goes on to the next, done or passed: nobody can tell which. Whoever still waits is left out this round.
/// </summary>
public sealed record PassTurn(PhaseId Phase) : ActivityCommand(Phase);

/// <summary>A guide writes down in one line what was said. Of whom it came is not kept.</summary>
public sealed record CapturePoint(PhaseId Phase, ItemKind Kind, string Text) : ActivityCommand(Phase);

/// <summary>This is not what was said. A guide rewords the point or takes it back.</summary>
/// <param name="Text">What was meant; everybody reads it, without a name.</param>
public sealed record RequestCorrection(PhaseId Phase, ItemId Item, string Text) : ActivityCommand(Phase);

public sealed record TurnsStarted(PhaseId Phase, IReadOnlyList<SeatId> Order) : ActivityEvent(Phase);

public sealed record TurnGiven(PhaseId Phase, SeatId? To) : ActivityEvent(Phase);

/// <summary>Left out of this round. Giving one's own turn on makes no such event.</summary>
public sealed record TurnPassed(PhaseId Phase, SeatId Seat) : ActivityEvent(Phase);

public sealed record CorrectionRequested(PhaseId Phase, ItemId Item, string Text) : ActivityEvent(Phase);

/// <summary>
/// A spoken exchange with turns, in a round or as hands go up. Writes nothing by itself: guides note what is worth keeping, and the table
/// sees and corrects it.
/// </summary>
public sealed class TalkActivity : Activity
{
    public override string Name => "talk";

    public override PhaseSettings NoSettings { get; } = new TalkSettings();

    public override bool CapturedByGuides => true;

    public override ActivityState Begin => new TalkState();

    public override IEnumerable<CommandEntry> Commands =>
        [
            CommandEntry.Of<StartTurns>("talk/start-turns", Role.Guides),
            CommandEntry.Of<GiveTurn>("talk/give-turn", Role.Guides),
            CommandEntry.Of<PassTurn>("talk/pass-turn", Role.Table),
            CommandEntry.Of<CapturePoint>("talk/capture-point", Role.Guides),
            CommandEntry.Of<RequestCorrection>("talk/request-correction", Role.Table),
        ];

    public override IEnumerable<EventEntry> Events =>
        [
            EventEntry.Of<TurnsStarted>("talk/turns-started.v1"),
            EventEntry.Of<TurnGiven>("talk/turn-given.v1"),
            EventEntry.Of<TurnPassed>("talk/turn-passed.v1"),
            EventEntry.Of<CorrectionRequested>("talk/correction-requested.v1"),
        ];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<TalkSettings>().HighestRankLast && phase.Set<TalkSettings>().TurnMode != TurnMode.Round)
            yield return "'highestRankLast' is about a round: set 'turnMode: round'";
        if (phase.Set<TalkSettings>().SecondsPerTurn is <= 0)
            yield return "'secondsPerTurn' must be more than 0";
        if (phase.Reveal != Reveal.Live)
            yield return "talk hides nothing: leave out 'reveal'";
    }

    public override Ruling Decide(Deciding on, ActivityCommand command) =>
        command switch
        {
            StartTurns => Start(on),
            GiveTurn c => c.From != On(on).Speaking(on.State)?.Id ? RefusalCode.TurnMoved : Give(on, c.To),
            PassTurn => Pass(on),
            CapturePoint c => Capture(on, c),
            RequestCorrection c => Correct(on, c),
            _ => RefusalCode.NotAllowed,
        };

    private static TalkState On(Deciding on) => (TalkState)on.Phase.State;

    private static Ruling Start(Deciding on)
    {
        if (on.Settings<TalkSettings>().TurnMode != TurnMode.Round)
            return RefusalCode.NotAllowed;
        if (On(on).Coming(on.State, on.Phase).Any())
            return RefusalCode.TurnMoved;
        // Whoever is away has a turn when they come back, after the others.
        var voices = on.State.AtTable(on.Moment.Present).Where(seat => seat.HasVoice).Select(seat => seat.Id).ToArray();
        if (voices.Length == 0)
            return RefusalCode.NoSuchTurn;
        // Round the table from a place that is drawn, so that nobody always has to begin.
        var from = on.Moment.Draw(voices.Length);
        var started = new TurnsStarted(on.Phase.Id, [.. voices[from..], .. voices[..from]]);
        var first = TalkState.Started(started).Coming(on.State, on.Phase).First();
        return new List<DialogueEvent>([started, .. Given(on, first.Id)]);
    }

    private static Ruling Give(Deciding on, SeatId? to)
    {
        var (talk, speaking) = (On(on), On(on).Speaking(on.State));
        if (to is null)
            return talk.Next(on.State, on.Phase, on.Moment.Present)?.Id is { } next ? Given(on, next)
                : speaking is null ? RefusalCode.NoSuchTurn
                : Given(on, null);
        return on.State.Seat(to) is { } seat && TalkState.MaySpeak(seat) && seat.Id != speaking?.Id
            ? Given(on, to)
            : RefusalCode.NoSuchTurn;
    }

    private static Ruling Pass(Deciding on)
    {
        var (talk, me) = (On(on), on.By.Seat!.Value);
        if (talk.Speaking(on.State)?.Id == me)
            return Given(on, TalkState.First(talk.Coming(on.State, on.Phase), on.Moment.Present)?.Id);
        return talk.Coming(on.State, on.Phase).Any(seat => seat.Id == me) ? new TurnPassed(on.Phase.Id, me) : RefusalCode.NoSuchTurn;
    }

    /// <summary>A hand goes down when its turn has come.</summary>
    private static DialogueEvent[] Given(Deciding on, SeatId? to) =>
        to is { } seat && on.State.Hands.Contains(seat)
            ? [new TurnGiven(on.Phase.Id, to), new HandRaised(seat, Up: false)]
            : [new TurnGiven(on.Phase.Id, to)];

    private static Ruling Capture(Deciding on, CapturePoint c)
    {
        if (!on.Settings<TalkSettings>().Kinds.Contains(c.Kind))
            return RefusalCode.UnknownKind;
        var text = PlainText.Read(c.Text, Limits.ShortTextLength);
        if (!text.Ok)
            return text.Refusal!;
        var seat = on.By.Seat!.Value;
        if (on.State.WrittenBy(seat, on.Phase.Id).Count >= Limits.ItemsPerSeatAndPhase)
            return Items.TooMany;
        return Items.Written(
            new Item(
                on.Moment.NewItemId(on.State),
                on.Phase.Id,
                c.Kind,
                text.Value!,
                Certainty: c.Kind == ItemKind.Fact ? Certainty.ToCheck : null
            ),
            seat,
            show: true
        );
    }

    private static Ruling Correct(Deciding on, RequestCorrection c)
    {
        if (!on.State.ShownIn(on.Phase.Id).Any(item => item.Id == c.Item))
            return RefusalCode.NoSuchItem;
        var text = PlainText.Read(c.Text, Limits.ShortTextLength);
        return text.Ok ? new CorrectionRequested(on.Phase.Id, c.Item, text.Value!) : text.Refusal!;
    }

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened)
    {
        var talk = (TalkState)phase.State;
        var after = happened switch
        {
            TurnsStarted e => TalkState.Started(e) with { Corrections = talk.Corrections },
            TurnGiven e => talk.With(e.To),
            TurnPassed e => talk with { Been = talk.Been.Add(e.Seat) },
            CorrectionRequested e when state.Items.TryGetValue(e.Item, out var held) => talk with
            {
                Corrections = talk.Corrections.Add(new Correction(e.Item, e.Text, held.Item.Text)),
            },
            _ => talk,
        };
        return ReferenceEquals(after, talk) ? state : state.WithPhase(phase.Id, p => p with { State = after });
    }
}
