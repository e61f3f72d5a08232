using System.Collections.Immutable;
using Dialogue.Templates;

namespace Dialogue.Activities.Decide;

/// <summary>Where somebody stands, before the talk. Blind until the round closes.</summary>
/// <param name="Choice">Key of a position of the phase.</param>
/// <param name="WouldChange">What would make this seat think otherwise.</param>
public sealed record TakePosition(PhaseId Phase, string Choice, string Reason, string? WouldChange = null) : ActivityCommand(Phase);

public sealed record WithdrawPosition(PhaseId Phase) : ActivityCommand(Phase);

/// <summary>Puts a decision before the room, in a sentence that is read aloud.</summary>
public sealed record ProposeDecision(PhaseId Phase, string Text) : ActivityCommand(Phase);

public sealed record RaiseObjection(PhaseId Phase, string Reason) : ActivityCommand(Phase);

/// <summary>What the room made of an objection.</summary>
/// <param name="Condition">The condition that it became; null when it was heard and stands beside the decision, still open.</param>
public sealed record ResolveObjection(PhaseId Phase, ItemId Objection, string? Condition) : ActivityCommand(Phase);

/// <summary>Takes one's own objection back.</summary>
public sealed record WithdrawObjection(PhaseId Phase, ItemId Objection) : ActivityCommand(Phase);

/// <summary>
/// Fixes the outcome. Refused: a kind that was not agreed beforehand (<see cref="RefusalCode.OutcomeNotAgreed"/>), consent with an
/// objection open (<see cref="RefusalCode.ObjectionOpen"/>), a majority that is none (<see cref="RefusalCode.NoMajority"/>), a decision
/// under mandate of which nobody says who took it (<see cref="RefusalCode.MandateNotHeld"/>).
/// </summary>
/// <param name="Reasons">Why, in words.</param>
/// <param name="Because">The items on which it rests.</param>
/// <param name="Rule">Another rule than that of the phase, by name; null is the rule of the phase.</param>
/// <param name="DecidedBy">Under mandate, when a guide writes it down: the seat of whoever decided.</param>
public sealed record SettleDecision(
    PhaseId Phase,
    ResultKind Kind,
    string Text,
    string Reasons,
    IReadOnlyList<ItemId> Because,
    string? Conditions = null,
    DecisionRule? Rule = null,
    string? Choice = null,
    Votes? Votes = null,
    SeatId? DecidedBy = null
) : ActivityCommand(Phase);

/// <summary>Corrects the words of what was settled; what they were stays beside it.</summary>
/// <param name="Why">Why the words were not right.</param>
public sealed record CorrectDecision(PhaseId Phase, string Text, string Why) : ActivityCommand(Phase);

/// <param name="RecheckWhen">What would be a reason to look again; null when nothing.</param>
/// <param name="Holder">The holder of the view chooses under what it is kept.</param>
public sealed record GiveMinorityView(PhaseId Phase, string Text, string? RecheckWhen, HolderKind Holder) : ActivityCommand(Phase);

/// <summary>A guide asked, and there is none.</summary>
public sealed record StateNoMinorityView(PhaseId Phase) : ActivityCommand(Phase);

public sealed record PositionTaken(PhaseId Phase, SeatId Seat, Position Position) : ActivityEvent(Phase)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

public sealed record PositionWithdrawn(PhaseId Phase, SeatId Seat) : ActivityEvent(Phase)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>
/// Where the room stands: reasons, shuffled, and how many for each choice when there are enough to hide among. Whoever is highest in rank
/// comes last.
/// </summary>
public sealed record PositionsRevealed(PhaseId Phase, IReadOnlyList<Position> Positions, IReadOnlyDictionary<string, int>? Counts)
    : ActivityEvent(Phase);

public sealed record DecisionProposed(PhaseId Phase, string Text) : ActivityEvent(Phase);

public sealed record ObjectionRaised(PhaseId Phase, Objection Objection) : ActivityEvent(Phase);

/// <summary>Whose objection it is: only the seat itself, so that it can take it back.</summary>
public sealed record ObjectionHeld(PhaseId Phase, SeatId Seat, ItemId Objection) : ActivityEvent(Phase)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

public sealed record ObjectionWithdrawn(PhaseId Phase, ItemId Objection) : ActivityEvent(Phase);

public sealed record ObjectionResolved(PhaseId Phase, ItemId Objection, string? Condition) : ActivityEvent(Phase);

public sealed record DecisionSettled(PhaseId Phase, Decision Decision) : ActivityEvent(Phase);

/// <summary>The words of the decision from now on; <paramref name="Version"/> counts from 2.</summary>
public sealed record DecisionCorrected(PhaseId Phase, int Version, string Text, string Why) : ActivityEvent(Phase);

public sealed record MinorityViewGiven(PhaseId Phase, MinorityView View) : ActivityEvent(Phase);

public sealed record NoMinorityViewStated(PhaseId Phase) : ActivityEvent(Phase);

public sealed record DecideState : ActivityState
{
    public ImmutableDictionary<SeatId, Position> Taken { get; init; } = ImmutableDictionary<SeatId, Position>.Empty;
    public PositionsRevealed? Revealed { get; init; }
    public string? Proposal { get; init; }
    public ImmutableList<Objection> Objections { get; init; } = [];

    /// <summary>Which seat raised which objection; for the seat itself.</summary>
    public ImmutableDictionary<ItemId, SeatId> Objectors { get; init; } = ImmutableDictionary<ItemId, SeatId>.Empty;
    public Decision? Decision { get; init; }

    /// <summary>Earlier words of the decision, oldest first.</summary>
    public ImmutableList<Wording> Earlier { get; init; } = [];
    public ImmutableList<MinorityView> MinorityViews { get; init; } = [];
    public bool NoMinorityView { get; init; }
    public IEnumerable<Objection> OpenObjections => Objections.Where(objection => objection.IsOpen);
    public bool MinorityAsked => NoMinorityView || MinorityViews.Count > 0;
}

/// <summary>
/// Fixes an outcome by a stated rule: positions (blind), proposal, objections, decision, and then the minority view, which has a place of
/// its own beside the decision. The room cannot go on before the minority view has been asked for.
/// </summary>
public sealed class DecideActivity : Activity
{
    public override string Name => "decide";

    public override PhaseSettings NoSettings { get; } = new DecideSettings();

    public override ActivityState Begin => new DecideState();

    public override bool MayReopen => false;

    public override IEnumerable<CommandEntry> Commands =>
        [
            CommandEntry.Of<TakePosition>("decide/take-position", Role.Voices),
            CommandEntry.Of<WithdrawPosition>("decide/withdraw-position", Role.Voices),
            CommandEntry.Of<ProposeDecision>("decide/propose", Role.Guides | Role.DecisionMaker),
            CommandEntry.Of<RaiseObjection>("decide/object", Role.Voices),
            CommandEntry.Of<ResolveObjection>("decide/resolve-objection", Role.Guides),
            CommandEntry.Of<WithdrawObjection>("decide/withdraw-objection", Role.Voices),
            CommandEntry.Of<SettleDecision>("decide/settle", Role.Guides | Role.DecisionMaker),
            CommandEntry.Of<CorrectDecision>("decide/correct", Role.Guides | Role.DecisionMaker),
            CommandEntry.Of<GiveMinorityView>("decide/give-minority-view", Role.Voices),
            CommandEntry.Of<StateNoMinorityView>("decide/no-minority-view", Role.Guides),
        ];

    public override IEnumerable<EventEntry> Events =>
        [
            EventEntry.Of<PositionTaken>("decide/position-taken.v1"),
            EventEntry.Of<PositionWithdrawn>("decide/position-withdrawn.v1"),
            EventEntry.Of<PositionsRevealed>("decide/positions-revealed.v1"),
            EventEntry.Of<DecisionProposed>("decide/proposed.v1"),
            EventEntry.Of<ObjectionRaised>("decide/objection-raised.v1"),
            EventEntry.Of<ObjectionResolved>("decide/objection-resolved.v1"),
            EventEntry.Of<ObjectionHeld>("decide/objection-held.v1"),
            EventEntry.Of<ObjectionWithdrawn>("decide/objection-withdrawn.v1"),
            EventEntry.Of<DecisionSettled>("decide/settled.v1"),
            EventEntry.Of<DecisionCorrected>("decide/corrected.v1"),
            EventEntry.Of<MinorityViewGiven>("decide/minority-view-given.v1"),
            EventEntry.Of<NoMinorityViewStated>("decide/no-minority-view.v1"),
        ];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<DecideSettings>().Rule is null)
            yield return "decide needs 'rule': consent, majority, mandate or advice";
        if (phase.Set<DecideSettings>().Positions.Count is 1)
            yield return "one position is no choice: give at least two, or none";
        if (phase.Attribution == Attribution.Anonymous)
            yield return "decide cannot be anonymous: use perspective";
    }

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        var mine = (DecideState)on.Phase.State;
        var phase = on.Phase.Id;
        switch (command)
        {
            case TakePosition c:
                if (!on.Phase.RoundOpen)
                    return RefusalCode.RoundClosed;
                if (on.Settings<DecideSettings>().Positions.All(position => position.Key != c.Choice))
                    return RefusalCode.UnknownKind;
                if (mine.Taken.ContainsKey(on.Seat!.Id))
                    return RefusalCode.AlreadyAnswered;
                var reason = PlainText.Read(c.Reason, whenMissing: RefusalCode.ReasonMissing);
                if (!reason.Ok)
                    return reason.Refusal!;
                var change = PlainText.ReadOptional(c.WouldChange);
                if (!change.Ok)
                    return change.Refusal!;
                return new PositionTaken(phase, on.Seat.Id, new Position(c.Choice, reason.Value!, change.Value, on.Seat.Perspective));
            case WithdrawPosition:
                if (!on.Phase.RoundOpen)
                    return RefusalCode.RoundClosed;
                return mine.Taken.ContainsKey(on.Seat!.Id) ? new PositionWithdrawn(phase, on.Seat.Id) : RefusalCode.NothingToWithdraw;
            case ProposeDecision c:
                if (mine.Decision is not null)
                    return RefusalCode.AlreadyDecided;
                var proposal = PlainText.Read(c.Text);
                return proposal.Ok ? new DecisionProposed(phase, proposal.Value!) : proposal.Refusal!;
            case RaiseObjection c:
                if (mine.Proposal is null)
                    return RefusalCode.NoSuchProposal;
                if (mine.Decision is not null)
                    return RefusalCode.AlreadyDecided;
                var why = PlainText.Read(c.Reason, whenMissing: RefusalCode.ReasonMissing);
                if (!why.Ok)
                    return why.Refusal!;
                var objection = new Objection(
                    on.Moment.NewNumber(0, n => mine.Objections.Any(o => o.Id.Value == n)),
                    why.Value!,
                    on.State.Shown(on.Seat!.Perspective, on.Moment)
                );
                return new DialogueEvent[] { new ObjectionRaised(phase, objection), new ObjectionHeld(phase, on.Seat.Id, objection.Id) };
            case WithdrawObjection c:
                if (mine.Objections.All(known => known.Id != c.Objection || !known.IsOpen))
                    return RefusalCode.NoSuchObjection;
                if (mine.Decision is not null)
                    return RefusalCode.AlreadyDecided;
                return mine.Objectors.TryGetValue(c.Objection, out var objector) && objector == on.Seat!.Id
                    ? new ObjectionWithdrawn(phase, c.Objection)
                    : RefusalCode.NotYours;
            case ResolveObjection c:
                if (mine.Objections.All(known => known.Id != c.Objection || known.State == ObjectionState.Withdrawn))
                    return RefusalCode.NoSuchObjection;
                if (mine.Decision is not null)
                    return RefusalCode.AlreadyDecided;
                var condition = PlainText.ReadOptional(c.Condition);
                return condition.Ok ? new ObjectionResolved(phase, c.Objection, condition.Value) : condition.Refusal!;
            case SettleDecision c:
                return Settle(on, mine, c);
            case CorrectDecision c:
                if (mine.Decision is not { } settled)
                    return RefusalCode.DecisionMissing;
                var better = PlainText.Read(c.Text);
                if (!better.Ok)
                    return better.Refusal!;
                var because = PlainText.Read(c.Why, Limits.ShortTextLength, RefusalCode.ReasonMissing);
                if (!because.Ok)
                    return because.Refusal!;
                return better.Value == settled.Text
                    ? RefusalCode.AlreadyDecided
                    : new DecisionCorrected(phase, mine.Earlier.Count + 2, better.Value!, because.Value!);
            case GiveMinorityView c:
                if (mine.Decision is null)
                    return RefusalCode.DecisionMissing;
                var view = PlainText.Read(c.Text);
                if (!view.Ok)
                    return view.Refusal!;
                var recheck = PlainText.ReadOptional(c.RecheckWhen);
                if (!recheck.Ok)
                    return recheck.Refusal!;
                return new MinorityViewGiven(
                    phase,
                    new MinorityView(
                        on.Moment.NewNumber(0, n => mine.MinorityViews.Any(v => v.Id.Value == n)),
                        view.Value!,
                        recheck.Value,
                        c.Holder,
                        c.Holder == HolderKind.Perspective ? on.State.Shown(on.Seat!.Perspective, on.Moment) : null,
                        c.Holder == HolderKind.Named ? on.Seat!.Id : null
                    )
                );
            case StateNoMinorityView:
                return mine.Decision is null ? RefusalCode.DecisionMissing
                    : mine.MinorityAsked ? RefusalCode.AlreadyAnswered
                    : new NoMinorityViewStated(phase);
            default:
                return RefusalCode.NotAllowed;
        }
    }

    private static Ruling Settle(Deciding on, DecideState mine, SettleDecision c)
    {
        if (mine.Decision is not null)
            return RefusalCode.AlreadyDecided;
        if (on.Phase.RoundOpen && on.Settings<DecideSettings>().Positions.Count > 0)
            return RefusalCode.RoundStillOpen;
        if (!Allowed(on.State, on.Phase, c.Rule).Contains(c.Kind))
            return Refused(RefusalCode.OutcomeNotAgreed, ("kind", c.Kind.Word()), ("status", Status(on.State).Word()));
        var rule = c.Rule ?? on.Settings<DecideSettings>().Rule!.Value;
        var open = mine.OpenObjections.Select(objection => objection.Id).ToArray();
        if (c.Kind != ResultKind.NoDecision)
        {
            if (rule == DecisionRule.Consent && open.Length > 0)
                return Refused(RefusalCode.ObjectionOpen, ("count", Number(open.Length)));
            if (rule == DecisionRule.Majority && NoMajority(on, mine, c) is { } minority)
                return minority;
        }
        var decidedBy = on.By.Role == Role.DecisionMaker ? on.By.Seat : c.DecidedBy;
        if (rule == DecisionRule.Mandate && c.Kind == ResultKind.Decision && on.State.Seat(decidedBy) is not { Role: Role.DecisionMaker })
            return RefusalCode.MandateNotHeld;
        var text = PlainText.Read(c.Text);
        if (!text.Ok)
            return text.Refusal!;
        var reasons = PlainText.Read(c.Reasons, whenMissing: RefusalCode.ReasonMissing);
        if (!reasons.Ok)
            return reasons.Refusal!;
        var conditions = PlainText.ReadOptional(c.Conditions);
        if (!conditions.Ok)
            return conditions.Refusal!;
        if (c.Because.Any(id => !on.State.IsShown(id)))
            return RefusalCode.NoSuchItem;
        return new DecisionSettled(
            on.Phase.Id,
            new Decision(
                c.Kind,
                rule,
                text.Value!,
                reasons.Value!,
                c.Because,
                conditions.Value,
                rule == DecisionRule.Majority ? c.Choice : null,
                rule == DecisionRule.Majority && c.Choice is null ? c.Votes : null,
                rule == DecisionRule.Mandate && c.Kind == ResultKind.Decision ? decidedBy : null,
                open.Length > 0 ? open : null
            )
        );
    }

    /// <summary>What was agreed beforehand; when nothing was, a room can advise and not decide.</summary>
    public static OutcomeStatus Status(DialogueState state) => state.Intake?.StatusOfOutcome ?? OutcomeStatus.Advice;

    /// <summary>What this phase may end in: never more than was agreed beforehand.</summary>
    /// <param name="rule">Another rule than that of the phase; null is the rule of the phase.</param>
    public static IReadOnlyList<ResultKind> Allowed(DialogueState state, PhaseState phase, DecisionRule? rule = null) =>
        Status(state) switch
        {
            OutcomeStatus.Explore => [ResultKind.NoDecision],
            OutcomeStatus.Advice => [ResultKind.Advice, ResultKind.NoDecision],
            _ when (rule ?? phase.Template.Set<DecideSettings>().Rule) == DecisionRule.Advice => [ResultKind.Advice, ResultKind.NoDecision],
            _ => [ResultKind.Decision, ResultKind.Advice, ResultKind.NoDecision],
        };

    /// <summary>Positions that were taken are counted; where there are none, hands are: never more than there are people.</summary>
    private static Answer.Refused? NoMajority(Deciding on, DecideState mine, SettleDecision c)
    {
        if (on.Settings<DecideSettings>().Positions.Count > 0)
        {
            var taken = mine.Taken.Values.Count(position => position.Choice == c.Choice);
            return taken * 2 > mine.Taken.Count
                ? null
                : Refused(RefusalCode.NoMajority, ("for", Number(taken)), ("of", Number(mine.Taken.Count)));
        }
        if (c.Votes is not { } votes)
            return Refused(RefusalCode.NoMajority, ("for", "0"), ("of", "0"));
        if (
            votes.For < 0
            || votes.Against < 0
            || votes.Abstained < 0
            || (long)votes.For + votes.Against + votes.Abstained > on.State.Voices
        )
            return OutOfRange(0, on.State.Voices);
        return votes.For > votes.Against
            ? null
            : Refused(RefusalCode.NoMajority, ("for", Number(votes.For)), ("of", Number(votes.For + votes.Against)));
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Answer.Refused Refused(RefusalCode code, params (string Name, string Value)[] facts) =>
        new(code, facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal));

    public override IEnumerable<DialogueEvent> OnClose(DialogueState state, PhaseState phase, Moment moment)
    {
        var taken = Mine(phase).Taken;
        if (taken.IsEmpty)
            return [];
        var shuffled = taken
            .OrderBy(one => one.Key.Value)
            .Shuffled(moment)
            .OrderBy(one => state.Seat(one.Key)?.Senior == true)
            .Select(one => one.Value)
            .ToArray();
        var counts =
            taken.Count < Limits.AnswersForDistribution
                ? null
                : phase
                    .Template.Set<DecideSettings>()
                    .Positions.ToDictionary(
                        choice => choice.Key,
                        choice => shuffled.Count(position => position.Choice == choice.Key),
                        StringComparer.Ordinal
                    );
        // Among fewer than five, choice, reason and perspective together are a name.
        var shown = shuffled.Select(position =>
            position with
            {
                Perspective = counts is null ? null : state.Shown(position.Perspective, moment),
            }
        );
        return [new PositionsRevealed(phase.Id, [.. shown], counts)];
    }

    public override RefusalCode? MayLeave(DialogueState state, PhaseState phase) =>
        Mine(phase).Decision is null ? (Status(state) == OutcomeStatus.Explore ? null : RefusalCode.DecisionMissing)
        : Mine(phase).MinorityAsked ? null
        : RefusalCode.MinorityViewNotAsked;

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) =>
        state.WithPhase(
            phase.Id,
            p =>
                p with
                {
                    State = happened switch
                    {
                        PositionTaken e => Mine(p) with { Taken = Mine(p).Taken.SetItem(e.Seat, e.Position) },
                        PositionWithdrawn e => Mine(p) with { Taken = Mine(p).Taken.Remove(e.Seat) },
                        PositionsRevealed e => Mine(p) with { Revealed = e },
                        DecisionProposed e => Mine(p) with { Proposal = e.Text },
                        ObjectionRaised e => Mine(p) with { Objections = Mine(p).Objections.Add(e.Objection) },
                        ObjectionResolved e => With(
                            p,
                            e.Objection,
                            e.Condition is null ? ObjectionState.StandsBeside : ObjectionState.BecameCondition,
                            e.Condition
                        ),
                        ObjectionHeld e => Mine(p) with { Objectors = Mine(p).Objectors.SetItem(e.Objection, e.Seat) },
                        ObjectionWithdrawn e => With(p, e.Objection, ObjectionState.Withdrawn, null),
                        DecisionCorrected e when Mine(p).Decision is { } settled => Mine(p) with
                        {
                            Decision = settled with { Text = e.Text },
                            Earlier = Mine(p).Earlier.Add(new Wording(Mine(p).Earlier.Count + 1, settled.Text, e.Why)),
                        },
                        DecisionSettled e => Mine(p) with { Decision = e.Decision },
                        MinorityViewGiven e => Mine(p) with { MinorityViews = Mine(p).MinorityViews.Add(e.View), NoMinorityView = false },
                        NoMinorityViewStated => Mine(p) with { NoMinorityView = true },
                        _ => p.State,
                    },
                }
        );

    private static DecideState With(PhaseState phase, ItemId objection, ObjectionState state, string? condition) =>
        Mine(phase) with
        {
            Objections =
            [
                .. Mine(phase)
                    .Objections.Select(known => known.Id == objection ? known with { State = state, Condition = condition } : known),
            ],
        };

    private static DecideState Mine(PhaseState phase) => (DecideState)phase.State;
}
