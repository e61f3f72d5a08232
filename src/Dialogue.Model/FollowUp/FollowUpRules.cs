using static Dialogue.FollowUp.ActionRoles;
using static Dialogue.FollowUp.ActionState;

namespace Dialogue.FollowUp;

/// <summary>One line of the journal: in which role somebody did what, and what that changed.</summary>
/// <param name="Reason">What this person wrote, and nothing else; null when nothing.</param>
/// <param name="Detail">What was chosen or changed, each in a field of its own.</param>
public sealed record JournalEntry(
    ActionRoles As,
    string Who,
    ActionStepKind What,
    ActionState Before,
    ActionState After,
    string? Reason,
    JournalDetail Detail
);

/// <summary>What a step chose or changed. Null is: this step is not about that.</summary>
/// <param name="OldDate">The due date before it was moved; a date in the zone of the organisation.</param>
/// <param name="OldPerson">Who owned or verified before, by name.</param>
/// <param name="NewPerson">Who owns or verifies from now on, by name.</param>
/// <param name="FromWhom">Blocked: of whom something is needed.</param>
public sealed record JournalDetail(
    Verdict? Verdict = null,
    ActionEffect? Effect = null,
    DropCategory? Category = null,
    DateOnly? OldDate = null,
    DateOnly? NewDate = null,
    string? OldPerson = null,
    string? NewPerson = null,
    string? FromWhom = null
)
{
    public static JournalDetail None { get; } = new();
}

/// <summary>What a step changes: the action afterwards, the lines for its journal and the evidence that came with it.</summary>
public sealed record ActionChange(AgreedAction Action, IReadOnlyList<JournalEntry> Entries, IReadOnlyList<Evidence> Evidence);

/// <summary>
/// The only yes or no about agreed actions. The owner alone accepts, gives back and reports; whoever verifies is never the
/// owner; the original due date never changes; an action is dropped by a sponsor or coordinator and not by its owner.
/// </summary>
public static class FollowUpRules
{
    private sealed record Rule(ActionRoles Who, params ActionState[] From);

    private const ActionRoles Guides = Facilitator | Coordinator | Sponsor;

    private static readonly ActionState[] Unfinished =
    [
        Proposed,
        Offered,
        Declined,
        Accepted,
        Planned,
        InProgress,
        Blocked,
        ReportedDone,
        Rejected,
        HandedOver,
    ];

    private static readonly Dictionary<ActionStepKind, Rule> Table = new()
    {
        [ActionStepKind.Offer] = new(Guides, Proposed, Offered, Declined, HandedOver),
        [ActionStepKind.Accept] = new(Owner, Offered, HandedOver),
        [ActionStepKind.Decline] = new(Owner, Offered, HandedOver),
        [ActionStepKind.Plan] = new(Owner, Accepted, Planned),
        [ActionStepKind.Start] = new(Owner, Planned, Rejected),
        [ActionStepKind.ReportProgress] = new(Owner, Planned, InProgress, Blocked),
        [ActionStepKind.Block] = new(Owner, Accepted, Planned, InProgress, Rejected),
        [ActionStepKind.Unblock] = new(Owner | Guides, Blocked),
        [ActionStepKind.ReportDone] = new(Owner, Planned, InProgress, Rejected),
        [ActionStepKind.Verify] = new(Verifier, ReportedDone),
        [ActionStepKind.Reject] = new(Verifier, ReportedDone),
        [ActionStepKind.AppointVerifier] = new(Guides, Unfinished),
        [ActionStepKind.ChangeDueDate] = new(Owner | Guides, Accepted, Planned, InProgress, Blocked, Rejected),
        [ActionStepKind.JudgeEffect] = new(Guides, Verified),
        [ActionStepKind.Close] = new(Facilitator | Coordinator, EffectAssessed),
        [ActionStepKind.Reopen] = new(Facilitator | Coordinator, Closed),
        [ActionStepKind.Drop] = new(Coordinator | Sponsor, Unfinished),
        [ActionStepKind.Supersede] = new(Coordinator | Sponsor, Unfinished),
        [ActionStepKind.HandOver] = new(Owner | Coordinator | Sponsor, Accepted, Planned, InProgress, Blocked, Rejected),
    };

    /// <summary>The steps that this person may take now; what a screen shows as buttons.</summary>
    public static IReadOnlyList<ActionStepKind> Open(AgreedAction action, ActionActor by) =>
        [.. Table.Keys.Where(step => MayTake(action, step, by) is null)];

    /// <summary>Null when this person may take this kind of step now; what it says is judged by <see cref="Decide"/>.</summary>
    public static Answer.Refused? MayTake(AgreedAction action, ActionStepKind step, ActionActor by)
    {
        var rule = Table[step];
        if (step is ActionStepKind.Verify or ActionStepKind.Reject or ActionStepKind.JudgeEffect && by.Is(Owner))
            return No(RefusalCode.OwnerCannotVerify);
        if (step is ActionStepKind.Drop or ActionStepKind.Supersede && by.Is(Owner))
            return No(RefusalCode.OwnerCannotDrop);
        if (!by.Is(rule.Who))
            return No(
                rule.Who switch
                {
                    Owner => RefusalCode.OnlyOwner,
                    Verifier => RefusalCode.OnlyVerifier,
                    _ => RefusalCode.NotAllowed,
                }
            );
        return rule.From.Contains(action.State)
            ? null
            : No(RefusalCode.StepNotNow, ("state", Wire.ModelJson.Word(action.State)), ("step", Wire.ModelJson.Word(step)));
    }

    /// <summary>What this step changes, or why not. Pure; <paramref name="today"/> is the local date of the organisation.</summary>
    public static Result<ActionChange> Decide(AgreedAction action, ActionStep step, ActionActor by, DateOnly today)
    {
        if (MayTake(action, step.Kind, by) is { } refusal)
            return refusal;
        if (Words(step).FirstOrDefault(text => text?.Length > Limits.TextLength) is not null)
            return No(RefusalCode.TextTooLong, ("limit", Limits.TextLength.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        return step switch
        {
            ActionStep.Offer offer => Offer(offer),
            ActionStep.Accept accept => Accept(accept),
            ActionStep.Decline decline => Empty(decline.Reason) ? RefusalCode.ReasonMissing : To(Declined, decline.Reason),
            ActionStep.Plan plan => Plan(plan),
            ActionStep.Start start => To(InProgress, start.Remark),
            ActionStep.ReportProgress progress => Empty(progress.Remark) ? RefusalCode.TextMissing : To(action.State, progress.Remark),
            ActionStep.Block block => Empty(block.Need) || Empty(block.FromWhom)
                ? RefusalCode.NeedMissing
                : To(Blocked, block.Need, detail: new JournalDetail(FromWhom: block.FromWhom.Trim())),
            ActionStep.Unblock unblock => To(InProgress, unblock.Remark),
            ActionStep.ReportDone done => ReportDone(done),
            ActionStep.Verify verify => Verify(verify),
            ActionStep.Reject reject => Empty(reject.Reason) ? RefusalCode.ReasonMissing : To(Rejected, reject.Reason),
            ActionStep.AppointVerifier appoint => Appoint(appoint.Verifier),
            ActionStep.ChangeDueDate change => ChangeDueDate(change),
            ActionStep.JudgeEffect judge => Empty(judge.Basis)
                ? RefusalCode.BasisMissing
                : To(EffectAssessed, judge.Basis, detail: new JournalDetail(Effect: judge.Effect)),
            ActionStep.Close close => To(Closed, close.Remark),
            ActionStep.Reopen reopen => Empty(reopen.Reason) ? RefusalCode.ReasonMissing : To(InProgress, reopen.Reason),
            ActionStep.Drop drop => Empty(drop.Reason)
                ? RefusalCode.ReasonMissing
                : To(Dropped, drop.Reason, detail: new JournalDetail(Category: drop.Category)),
            ActionStep.Supersede other => Supersede(other),
            ActionStep.HandOver hand => HandOver(hand),
            _ => throw new InvalidOperationException($"No rule for {step.Kind}."),
        };

        Result<ActionChange> Offer(ActionStep.Offer offer)
        {
            var owner = offer.Owner ?? action.Owner;
            if (owner is null || Empty(owner.Name))
                return RefusalCode.OwnerMissing;
            if (owner.IsSameAs(action.Verifier))
                return RefusalCode.OwnerCannotVerify;
            return To(Offered, offer.Reason, action with { Owner = owner, AskedOn = today }, detail: Change(owner, action.Owner));
        }

        Result<ActionChange> Accept(ActionStep.Accept accept)
        {
            var taken = action with
            {
                FirstStep = Empty(accept.FirstStep) ? action.FirstStep : accept.FirstStep!.Trim(),
                FirstStepDate = accept.FirstStepDate ?? action.FirstStepDate,
                IfThen = Empty(accept.IfThen) ? action.IfThen : accept.IfThen!.Trim(),
            };
            if (Empty(taken.FirstStep))
                return RefusalCode.FirstStepMissing;
            if (taken.FirstStepDate > taken.DueDate)
                return RefusalCode.DateOrder;
            // An agreement that already says how it will be shown and who will look needs no second question.
            return PlanIsComplete(taken) ? Through([(Accepted, null), (Planned, null)], taken) : To(Accepted, null, taken);
        }

        Result<ActionChange> Plan(ActionStep.Plan plan)
        {
            var planned = action with
            {
                EvidencePlan = Empty(plan.EvidencePlan) ? action.EvidencePlan : plan.EvidencePlan!.Trim(),
                Verifier = plan.Verifier ?? action.Verifier,
            };
            if (Empty(planned.EvidencePlan))
                return RefusalCode.EvidencePlanMissing;
            if (planned.Verifier is null || Empty(planned.Verifier.Name))
                return RefusalCode.VerifierMissing;
            if (planned.Verifier.IsSameAs(planned.Owner))
                return RefusalCode.OwnerCannotVerify;
            return To(Planned, null, planned, detail: Change(planned.Verifier, action.Verifier));
        }

        Result<ActionChange> ReportDone(ActionStep.ReportDone done)
        {
            var evidence = (done.Evidence ?? []).Where(one => !Empty(one.Text)).ToList();
            if (evidence.Count == 0)
                return RefusalCode.EvidenceMissing;
            if (action.Kind.NeedsMoreThanAStatement() && evidence.All(one => one.Kind == EvidenceKind.Statement))
                return RefusalCode.StatementNotEnough;
            return To(ReportedDone, done.Remark, evidence: evidence);
        }

        Result<ActionChange> Verify(ActionStep.Verify verify)
        {
            if (verify.Verdict != Verdict.Agree && Empty(verify.Remark))
                return RefusalCode.ReasonMissing;
            var verdict = new JournalDetail(Verdict: verify.Verdict);
            return verify.Verdict switch
            {
                Verdict.Agree => To(Verified, verify.Remark, detail: verdict),
                // Somebody else has to look; the report stands.
                Verdict.CannotJudge => To(
                    ReportedDone,
                    verify.Remark,
                    action with
                    {
                        Verifier = null,
                        StateSince = today,
                    },
                    detail: verdict
                ),
                _ => To(Rejected, verify.Remark, detail: verdict),
            };
        }

        Result<ActionChange> Appoint(ActionPerson? verifier)
        {
            if (verifier is null || Empty(verifier.Name))
                return RefusalCode.VerifierMissing;
            if (verifier.IsSameAs(action.Owner))
                return RefusalCode.OwnerCannotVerify;
            var since = action.State == ReportedDone ? today : action.StateSince;
            return To(
                action.State,
                null,
                action with
                {
                    Verifier = verifier,
                    StateSince = since,
                },
                detail: Change(verifier, action.Verifier)
            );
        }

        Result<ActionChange> ChangeDueDate(ActionStep.ChangeDueDate change)
        {
            if (Empty(change.Reason))
                return RefusalCode.ReasonMissing;
            if (change.Date == action.DueDate)
                return RefusalCode.SameDate;
            if (change.Date.Year < Limits.FirstYear)
                return RefusalCode.DateUnreadable;
            if (change.Date < today)
                return RefusalCode.DatePassed;
            if (change.Date < action.FirstStepDate)
                return RefusalCode.DateOrder;
            return To(
                action.State,
                change.Reason,
                action with
                {
                    DueDate = change.Date,
                    DateChanges = action.DateChanges + 1,
                },
                detail: new JournalDetail(OldDate: action.DueDate, NewDate: change.Date)
            );
        }

        Result<ActionChange> Supersede(ActionStep.Supersede other)
        {
            if (other.Successor == Guid.Empty)
                return RefusalCode.SuccessorMissing;
            return Empty(other.Reason) ? RefusalCode.ReasonMissing : To(Superseded, other.Reason);
        }

        Result<ActionChange> HandOver(ActionStep.HandOver hand)
        {
            if (hand.NewOwner is null || Empty(hand.NewOwner.Name))
                return RefusalCode.OwnerMissing;
            if (Empty(hand.Reason))
                return RefusalCode.ReasonMissing;
            if (hand.NewOwner.IsSameAs(action.Owner))
                return RefusalCode.OwnerMissing;
            if (hand.NewOwner.IsSameAs(action.Verifier))
                return RefusalCode.OwnerCannotVerify;
            return To(
                HandedOver,
                hand.Reason,
                action with
                {
                    Owner = hand.NewOwner,
                    AskedOn = today,
                },
                detail: Change(hand.NewOwner, action.Owner)
            );
        }

        Result<ActionChange> To(
            ActionState after,
            string? reason,
            AgreedAction? changed = null,
            IReadOnlyList<Evidence>? evidence = null,
            JournalDetail? detail = null
        ) => Through([(after, reason)], changed ?? action, evidence, detail);

        Result<ActionChange> Through(
            (ActionState State, string? Reason)[] states,
            AgreedAction changed,
            IReadOnlyList<Evidence>? evidence = null,
            JournalDetail? detail = null
        )
        {
            var entries = new List<JournalEntry>();
            var before = action.State;
            foreach (var (state, reason) in states)
            {
                // The second line of one step is the plan that was already complete.
                var what = entries.Count == 0 ? step.Kind : ActionStepKind.Plan;
                entries.Add(
                    new(
                        by.Roles & Table[step.Kind].Who,
                        by.Name,
                        what,
                        before,
                        state,
                        Empty(reason) ? null : reason!.Trim(),
                        detail ?? JournalDetail.None
                    )
                );
                before = state;
            }
            var since = before == action.State ? changed.StateSince : today;
            return new ActionChange(changed with { State = before, StateSince = since }, entries, evidence ?? []);
        }
    }

    private static bool PlanIsComplete(AgreedAction action) =>
        !Empty(action.EvidencePlan) && action.Verifier is { } verifier && !verifier.IsSameAs(action.Owner);

    private static JournalDetail? Change(ActionPerson now, ActionPerson? before) =>
        now.IsSameAs(before) ? null : new JournalDetail(OldPerson: before?.Name.Trim(), NewPerson: now.Name.Trim());

    private static IEnumerable<string?> Words(ActionStep step) =>
        step switch
        {
            ActionStep.Offer s => [s.Reason, s.Owner?.Name],
            ActionStep.Accept s => [s.FirstStep, s.IfThen],
            ActionStep.Decline s => [s.Reason],
            ActionStep.Plan s => [s.EvidencePlan, s.Verifier?.Name],
            ActionStep.Start s => [s.Remark],
            ActionStep.ReportProgress s => [s.Remark],
            ActionStep.Block s => [s.Need, s.FromWhom],
            ActionStep.Unblock s => [s.Remark],
            ActionStep.ReportDone s => [s.Remark, .. (s.Evidence ?? []).SelectMany(e => new[] { e.Text, e.Reference })],
            ActionStep.Verify s => [s.Remark],
            ActionStep.Reject s => [s.Reason],
            ActionStep.AppointVerifier s => [s.Verifier?.Name],
            ActionStep.ChangeDueDate s => [s.Reason],
            ActionStep.JudgeEffect s => [s.Basis],
            ActionStep.Close s => [s.Remark],
            ActionStep.Reopen s => [s.Reason],
            ActionStep.Drop s => [s.Reason],
            ActionStep.Supersede s => [s.Reason],
            ActionStep.HandOver s => [s.Reason, s.NewOwner?.Name],
            _ => [],
        };

    private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);

    private static Answer.Refused No(RefusalCode code, params (string Name, string Value)[] facts) =>
        new(code, facts.Length == 0 ? null : facts.ToDictionary(fact => fact.Name, fact => fact.Value));
}
