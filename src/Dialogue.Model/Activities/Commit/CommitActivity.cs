using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dialogue.Outcomes;
using Dialogue.Templates;

namespace Dialogue.Activities.Commit;

/// <summary>Proposes an agreement, or words it again when <paramref name="Agreement"/> names one.</summary>
public sealed record ProposeAgreement(PhaseId Phase, ItemId? Agreement, AgreementDraft Draft) : ActivityCommand(Phase);

/// <summary>Read aloud, and the room agrees. Only what is confirmed is offered to its owner at the end.</summary>
public sealed record ConfirmAgreement(PhaseId Phase, ItemId Agreement, bool Confirmed) : ActivityCommand(Phase);

public sealed record WithdrawAgreement(PhaseId Phase, ItemId Agreement) : ActivityCommand(Phase);

/// <summary>A risk that stays, by whom it is borne and who accepts it.</summary>
public sealed record AcceptRisk(PhaseId Phase, string Text, string BorneBy, string AcceptedBy, string Sign) : ActivityCommand(Phase);

public sealed record WithdrawRisk(PhaseId Phase, ItemId Risk) : ActivityCommand(Phase);

public sealed record PlanReview(PhaseId Phase, DateOnly Date) : ActivityCommand(Phase);

/// <summary>An agreement as somebody fills it in; see <see cref="Agreement"/> and <see cref="AgreementContact"/>.</summary>
public sealed record AgreementDraft
{
    public string Text { get; init; } = "";
    public AgreementKind? Kind { get; init; }
    public IReadOnlyList<ItemId> Because { get; init; } = [];
    public IReadOnlyList<string> BecauseValues { get; init; } = [];
    public string Owner { get; init; } = "";
    public string? OwnerEmail { get; init; }
    public string FirstStep { get; init; } = "";
    public DateOnly? FirstStepDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? IfThen { get; init; }
    public string EvidencePlan { get; init; } = "";
    public string? Indicator { get; init; }
    public string? Verifier { get; init; }
    public string? VerifierEmail { get; init; }
}

public sealed record AgreementProposed(PhaseId Phase, Agreement Agreement) : ActivityEvent(Phase);

public sealed record AgreementContactGiven(PhaseId Phase, AgreementContact Contact) : ActivityEvent(Phase)
{
    [JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

public sealed record AgreementConfirmed(PhaseId Phase, ItemId Agreement, bool Confirmed) : ActivityEvent(Phase);

public sealed record AgreementWithdrawn(PhaseId Phase, ItemId Agreement) : ActivityEvent(Phase);

public sealed record RiskAccepted(PhaseId Phase, ResidualRisk Risk) : ActivityEvent(Phase);

public sealed record RiskWithdrawn(PhaseId Phase, ItemId Risk) : ActivityEvent(Phase);

public sealed record ReviewPlanned(PhaseId Phase, DateOnly Date) : ActivityEvent(Phase);

public sealed record ResidualRisk(ItemId Id, string Text, string BorneBy, string AcceptedBy, string Sign);

public sealed record CommitState : ActivityState
{
    public ImmutableList<Agreement> Agreements { get; init; } = [];
    public ImmutableDictionary<ItemId, AgreementContact> Contacts { get; init; } = ImmutableDictionary<ItemId, AgreementContact>.Empty;
    public ImmutableList<ResidualRisk> Risks { get; init; } = [];
    public DateOnly? Review { get; init; }
}

/// <summary>
/// Turns options into agreements with an owner, a first step, a date and a proof. Assigns nothing: the owner accepts afterwards.
/// </summary>
public sealed class CommitActivity : Activity
{
    public override string Name => "commit";

    public override PhaseSettings NoSettings { get; } = new CommitSettings();

    public override ActivityState Begin => new CommitState();

    public override IEnumerable<CommandEntry> Commands =>
        [
            CommandEntry.Of<ProposeAgreement>("commit/propose-agreement", Role.Table),
            CommandEntry.Of<ConfirmAgreement>("commit/confirm-agreement", Role.Guides),
            CommandEntry.Of<WithdrawAgreement>("commit/withdraw-agreement", Role.Guides),
            CommandEntry.Of<AcceptRisk>("commit/accept-risk", Role.Guides | Role.DecisionMaker),
            CommandEntry.Of<WithdrawRisk>("commit/withdraw-risk", Role.Guides),
            CommandEntry.Of<PlanReview>("commit/plan-review", Role.Guides),
        ];

    public override IEnumerable<EventEntry> Events =>
        [
            EventEntry.Of<AgreementProposed>("commit/agreement-proposed.v1"),
            EventEntry.Of<AgreementContactGiven>("commit/agreement-contact-given.v1"),
            EventEntry.Of<AgreementConfirmed>("commit/agreement-confirmed.v1"),
            EventEntry.Of<AgreementWithdrawn>("commit/agreement-withdrawn.v1"),
            EventEntry.Of<RiskAccepted>("commit/risk-accepted.v1"),
            EventEntry.Of<RiskWithdrawn>("commit/risk-withdrawn.v1"),
            EventEntry.Of<ReviewPlanned>("commit/review-planned.v1"),
        ];

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        var mine = (CommitState)on.Phase.State;
        var phase = on.Phase.Id;
        switch (command)
        {
            case ProposeAgreement c:
                return Propose(on, mine, c);
            case ConfirmAgreement c:
                return Known(mine, c.Agreement) ? new AgreementConfirmed(phase, c.Agreement, c.Confirmed) : RefusalCode.NoSuchAgreement;
            case WithdrawAgreement c:
                return Known(mine, c.Agreement) ? new AgreementWithdrawn(phase, c.Agreement) : RefusalCode.NoSuchAgreement;
            case AcceptRisk c:
                var text = PlainText.Read(c.Text);
                if (!text.Ok)
                    return text.Refusal!;
                foreach (var part in (string[])[c.BorneBy, c.AcceptedBy, c.Sign])
                    if (PlainText.Read(part, Limits.ShortTextLength, RefusalCode.ReasonMissing) is { Ok: false } bad)
                        return bad.Refusal!;
                return new RiskAccepted(
                    phase,
                    new ResidualRisk(
                        New(on, mine),
                        text.Value!,
                        PlainText.Clean(c.BorneBy),
                        PlainText.Clean(c.AcceptedBy),
                        PlainText.Clean(c.Sign)
                    )
                );
            case WithdrawRisk c:
                return mine.Risks.Any(risk => risk.Id == c.Risk) ? new RiskWithdrawn(phase, c.Risk) : RefusalCode.NothingToWithdraw;
            case PlanReview c:
                return c.Date.Year < Limits.FirstYear ? RefusalCode.DateUnreadable
                    : c.Date > on.State.Today(on.Moment) ? new ReviewPlanned(phase, c.Date)
                    : RefusalCode.DatePassed;
            default:
                return RefusalCode.NotAllowed;
        }
    }

    private static Ruling Propose(Deciding on, CommitState mine, ProposeAgreement c)
    {
        var draft = c.Draft;
        if (c.Agreement is { } known && !Known(mine, known))
            return RefusalCode.NoSuchAgreement;
        // A guide may reword what was confirmed; anybody else proposes anew.
        if (c.Agreement is not null && (on.By.Role & Role.Guides) == 0)
            return RefusalCode.NotAllowed;
        var text = PlainText.Read(draft.Text);
        if (!text.Ok)
            return text.Refusal!;
        if (draft.Kind is not { } kind)
            return RefusalCode.UnknownKind;
        if (draft.Because.Count == 0 && draft.BecauseValues.Count == 0)
            return RefusalCode.WhyMissing;
        if (draft.Because.Any(id => !on.State.IsShown(id)))
            return RefusalCode.NoSuchItem;
        if (draft.BecauseValues.Any(key => ValueVocabulary.Find(key) is null))
            return RefusalCode.UnknownValue;
        var owner = PlainText.Read(draft.Owner, Limits.ShortTextLength, RefusalCode.OwnerMissing);
        if (!owner.Ok)
            return owner.Refusal!;
        var firstStep = PlainText.Read(draft.FirstStep, whenMissing: RefusalCode.FirstStepMissing);
        if (!firstStep.Ok)
            return firstStep.Refusal!;
        if (draft.FirstStepDate is not { } first)
            return Missing("firstStepDate");
        if (draft.DueDate is not { } due)
            return Missing("dueDate");
        if (first.Year < Limits.FirstYear || due.Year < Limits.FirstYear)
            return RefusalCode.DateUnreadable;
        if (due < first)
            return RefusalCode.DateOrder;
        // A promise is about what is to come. Whoever rewords one keeps its dates.
        if (c.Agreement is null && first < on.State.Today(on.Moment))
            return RefusalCode.DatePassed;
        var evidence = PlainText.Read(draft.EvidencePlan, whenMissing: RefusalCode.EvidencePlanMissing);
        if (!evidence.Ok)
            return evidence.Refusal!;
        foreach (var optional in (string?[])[draft.IfThen, draft.Indicator, draft.Verifier, draft.OwnerEmail, draft.VerifierEmail])
            if (PlainText.ReadOptional(optional) is { Ok: false } bad)
                return bad.Refusal!;
        foreach (var address in (string?[])[draft.OwnerEmail, draft.VerifierEmail])
            if (Optional(address) is { } given && !PlainText.IsAddress(given))
                return RefusalCode.AddressInvalid;
        if (Optional(draft.Verifier) is { } verifier && string.Equals(verifier, owner.Value, StringComparison.OrdinalIgnoreCase))
            return RefusalCode.OwnerCannotVerify;
        if (
            Optional(draft.VerifierEmail) is { } second
            && string.Equals(second, Optional(draft.OwnerEmail), StringComparison.OrdinalIgnoreCase)
        )
            return RefusalCode.OwnerCannotVerify;
        var id = c.Agreement ?? New(on, mine);
        var agreement = new Agreement(
            id,
            text.Value!,
            kind,
            draft.Because,
            draft.BecauseValues,
            owner.Value!,
            firstStep.Value!,
            first,
            due,
            Optional(draft.IfThen),
            evidence.Value!,
            Optional(draft.Indicator),
            Optional(draft.Verifier),
            Confirmed: false
        );
        var contact = new AgreementContact(id, Optional(draft.OwnerEmail), Optional(draft.VerifierEmail));
        return contact is { OwnerEmail: null, VerifierEmail: null } && !mine.Contacts.ContainsKey(id)
            ? new AgreementProposed(on.Phase.Id, agreement)
            : new DialogueEvent[] { new AgreementProposed(on.Phase.Id, agreement), new AgreementContactGiven(on.Phase.Id, contact) };
    }

    private static Answer.Refused Missing(string field) =>
        new(RefusalCode.DateMissing, new Dictionary<string, string>(StringComparer.Ordinal) { ["field"] = field });

    private static string? Optional(string? text) => PlainText.Clean(text) is { Length: > 0 } clean ? clean : null;

    private static bool Known(CommitState mine, ItemId id) => mine.Agreements.Any(agreement => agreement.Id == id);

    private static ItemId New(Deciding on, CommitState mine) =>
        on.Moment.NewNumber(0, number => Known(mine, new ItemId(number)) || mine.Risks.Any(risk => risk.Id.Value == number));

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) =>
        state.WithPhase(
            phase.Id,
            p =>
                p with
                {
                    State = happened switch
                    {
                        AgreementProposed e => Mine(p) with
                        {
                            Agreements = Known(Mine(p), e.Agreement.Id)
                                ? [.. Mine(p).Agreements.Select(known => known.Id == e.Agreement.Id ? e.Agreement : known)]
                                : Mine(p).Agreements.Add(e.Agreement),
                        },
                        AgreementContactGiven e => Mine(p) with { Contacts = Mine(p).Contacts.SetItem(e.Contact.Agreement, e.Contact) },
                        AgreementConfirmed e => Mine(p) with
                        {
                            Agreements =
                            [
                                .. Mine(p)
                                    .Agreements.Select(known => known.Id == e.Agreement ? known with { Confirmed = e.Confirmed } : known),
                            ],
                        },
                        AgreementWithdrawn e => Mine(p) with
                        {
                            Agreements = Mine(p).Agreements.RemoveAll(known => known.Id == e.Agreement),
                        },
                        RiskAccepted e => Mine(p) with { Risks = Mine(p).Risks.Add(e.Risk) },
                        RiskWithdrawn e => Mine(p) with { Risks = Mine(p).Risks.RemoveAll(known => known.Id == e.Risk) },
                        ReviewPlanned e => Mine(p) with { Review = e.Date },
                        _ => p.State,
                    },
                }
        );

    private static CommitState Mine(PhaseState phase) => (CommitState)phase.State;
}

public static class CommitReading
{
    /// <summary>All agreements of a dialogue, of all phases in which any were made.</summary>
    public static IEnumerable<Agreement> Agreements(this DialogueState state) =>
        state.Phases.Select(phase => phase.State).OfType<CommitState>().SelectMany(commit => commit.Agreements);
}
