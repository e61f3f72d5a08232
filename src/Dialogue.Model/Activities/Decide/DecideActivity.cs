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

/// <param name="Condition">The condition that the objection became; null when it stands beside the decision.</param>
public sealed record ResolveObjection(PhaseId Phase, ItemId Objection, string? Condition) : ActivityCommand(Phase);

/// <param name="Kind">advice, decision or noDecision.</param>
/// <param name="Reasons">The items on which it rests.</param>
public sealed record SettleDecision(
    PhaseId Phase,
    string Kind,
    string Text,
    string Reasons,
    IReadOnlyList<ItemId> Because,
    string? Conditions = null
) : ActivityCommand(Phase);

/// <param name="Holder">unnamed, perspective or named: the holder of the view chooses.</param>
public sealed record GiveMinorityView(PhaseId Phase, string Text, string? RecheckWhen, string Holder) : ActivityCommand(Phase);

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

public sealed record ObjectionResolved(PhaseId Phase, ItemId Objection, string? Condition) : ActivityEvent(Phase);

public sealed record DecisionSettled(PhaseId Phase, Decision Decision) : ActivityEvent(Phase);

public sealed record MinorityViewGiven(PhaseId Phase, MinorityView View) : ActivityEvent(Phase);

public sealed record NoMinorityViewStated(PhaseId Phase) : ActivityEvent(Phase);

public sealed record Position(string Choice, string Reason, string? WouldChange, string? Perspective);

public sealed record Objection(ItemId Id, string Reason, string? Perspective, bool Resolved = false, string? Condition = null);

public sealed record Decision(string Kind, string Rule, string Text, string Reasons, IReadOnlyList<ItemId> Because, string? Conditions);

/// <param name="Holder">In words: a name, a perspective key, or null when unnamed.</param>
public sealed record MinorityView(ItemId Id, string Text, string? RecheckWhen, string HolderKind, string? Holder);

public sealed record DecideState : ActivityState
{
    public ImmutableDictionary<SeatId, Position> Taken { get; init; } = ImmutableDictionary<SeatId, Position>.Empty;
    public PositionsRevealed? Revealed { get; init; }
    public string? Proposal { get; init; }
    public ImmutableList<Objection> Objections { get; init; } = [];
    public Decision? Decision { get; init; }
    public ImmutableList<MinorityView> MinorityViews { get; init; } = [];
    public bool NoMinorityView { get; init; }
    public bool MinorityAsked => NoMinorityView || MinorityViews.Count > 0;
}

/// <summary>
/// Fixes an outcome by a stated rule: positions (blind), proposal, objections, decision, and then the minority view, which has a place of
/// its own
/// beside the decision. The room cannot go on before the minority view has been asked for.
/// </summary>
public sealed class DecideActivity : Activity
{
    public override string Name => "decide";

    public override ActivityState Begin => new DecideState();

    public override bool MayReopen => false;

    public override IEnumerable<CommandEntry> Commands =>
        [
            CommandEntry.Of<TakePosition>("decide/take-position", Role.Voices),
            CommandEntry.Of<WithdrawPosition>("decide/withdraw-position", Role.Voices),
            CommandEntry.Of<ProposeDecision>("decide/propose", Role.Guides | Role.DecisionMaker),
            CommandEntry.Of<RaiseObjection>("decide/object", Role.Voices),
            CommandEntry.Of<ResolveObjection>("decide/resolve-objection", Role.Guides),
            CommandEntry.Of<SettleDecision>("decide/settle", Role.Guides | Role.DecisionMaker),
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
            EventEntry.Of<DecisionSettled>("decide/settled.v1"),
            EventEntry.Of<MinorityViewGiven>("decide/minority-view-given.v1"),
            EventEntry.Of<NoMinorityViewStated>("decide/no-minority-view.v1"),
        ];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Settings.Rule is not ("consent" or "majority" or "mandate" or "advice"))
            yield return "decide needs 'rule': consent, majority, mandate or advice";
        if (phase.Settings.Positions.Count is 1)
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
                if (on.Settings.Positions.All(position => position.Key != c.Choice))
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
                return new ObjectionRaised(
                    phase,
                    new Objection(
                        on.Moment.NewNumber(0, n => mine.Objections.Any(o => o.Id.Value == n)),
                        why.Value!,
                        on.State.Shown(on.Seat!.Perspective, on.Moment)
                    )
                );
            case ResolveObjection c:
                if (mine.Objections.All(objection => objection.Id != c.Objection))
                    return RefusalCode.NoSuchObjection;
                var condition = PlainText.ReadOptional(c.Condition);
                return condition.Ok ? new ObjectionResolved(phase, c.Objection, condition.Value) : condition.Refusal!;
            case SettleDecision c:
                return Settle(on, mine, c);
            case GiveMinorityView c:
                if (mine.Decision is null)
                    return RefusalCode.DecisionMissing;
                if (c.Holder is not ("unnamed" or "perspective" or "named"))
                    return RefusalCode.UnknownKind;
                var view = PlainText.Read(c.Text);
                if (!view.Ok)
                    return view.Refusal!;
                var recheck = PlainText.ReadOptional(c.RecheckWhen);
                if (!recheck.Ok)
                    return recheck.Refusal!;
                var holder = c.Holder switch
                {
                    "named" => on.State.NameOf(on.Seat!.Id),
                    "perspective" => on.State.Shown(on.Seat!.Perspective, on.Moment),
                    _ => null,
                };
                return new MinorityViewGiven(
                    phase,
                    new MinorityView(
                        on.Moment.NewNumber(0, n => mine.MinorityViews.Any(v => v.Id.Value == n)),
                        view.Value!,
                        recheck.Value,
                        c.Holder,
                        holder
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
        if (on.Phase.RoundOpen && on.Settings.Positions.Count > 0)
            return RefusalCode.RoundStillOpen;
        if (c.Kind is not ("advice" or "decision" or "noDecision"))
            return RefusalCode.UnknownKind;
        if (on.Settings.Rule == "consent" && mine.Objections.Any(objection => !objection.Resolved))
            return RefusalCode.ObjectionOpen;
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
            new Decision(c.Kind, on.Settings.Rule!, text.Value!, reasons.Value!, c.Because, conditions.Value)
        );
    }

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
            // So few that a perspective would say who stood where.
            .Select(position =>
                position with
                {
                    Perspective = taken.Count < Limits.AnswersForDistribution ? null : state.Shown(position.Perspective, moment),
                }
            )
            .ToArray();
        var counts =
            taken.Count < Limits.AnswersForDistribution
                ? null
                : phase.Template.Settings.Positions.ToDictionary(
                    choice => choice.Key,
                    choice => shuffled.Count(position => position.Choice == choice.Key),
                    StringComparer.Ordinal
                );
        return [new PositionsRevealed(phase.Id, shuffled, counts)];
    }

    public override RefusalCode? MayLeave(DialogueState state, PhaseState phase) =>
        Mine(phase).Decision is null ? RefusalCode.DecisionMissing
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
                        ObjectionResolved e => Mine(p) with
                        {
                            Objections =
                            [
                                .. Mine(p)
                                    .Objections.Select(known =>
                                        known.Id == e.Objection ? known with { Resolved = true, Condition = e.Condition } : known
                                    ),
                            ],
                        },
                        DecisionSettled e => Mine(p) with { Decision = e.Decision },
                        MinorityViewGiven e => Mine(p) with { MinorityViews = Mine(p).MinorityViews.Add(e.View), NoMinorityView = false },
                        NoMinorityViewStated => Mine(p) with { NoMinorityView = true },
                        _ => p.State,
                    },
                }
        );

    private static DecideState Mine(PhaseState phase) => (DecideState)phase.State;
}
