using System.Collections.Immutable;
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

/// <summary>An agreement as somebody fills it in; see <see cref="Agreement"/>. The people in it do not go into the log.</summary>
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

public sealed record AgreementConfirmed(PhaseId Phase, ItemId Agreement, bool Confirmed) : ActivityEvent(Phase);

public sealed record AgreementWithdrawn(PhaseId Phase, ItemId Agreement) : ActivityEvent(Phase);

public sealed record RiskAccepted(PhaseId Phase, ResidualRisk Risk) : ActivityEvent(Phase);

public sealed record RiskWithdrawn(PhaseId Phase, ItemId Risk) : ActivityEvent(Phase);

public sealed record ReviewPlanned(PhaseId Phase, DateOnly Date) : ActivityEvent(Phase);

/// <summary>A risk that stays. Who bears it and who accepts it is kept beside the log (<see cref="PersonKey.RiskBearer"/>).</summary>
/// <param name="Sign">By what people will see that it becomes real.</param>
public sealed record ResidualRisk(ItemId Id, string Text, string Sign);

public sealed record CommitState : ActivityState
{
    public ImmutableList<Agreement> Agreements { get; init; } = [];
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
            EventEntry.Of<AgreementProposed>("commit/agreement-proposed.v2"),
            EventEntry.Of<AgreementConfirmed>("commit/agreement-confirmed.v1"),
            EventEntry.Of<AgreementWithdrawn>("commit/agreement-withdrawn.v1"),
            EventEntry.Of<RiskAccepted>("commit/risk-accepted.v2"),
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
                return Known(mine, c.Agreement)
                    ? new Ruling([new AgreementWithdrawn(phase, c.Agreement)], null)
                    {
                        Told = Become(on, PersonKey.Owner(c.Agreement), null, PersonKey.Verifier(c.Agreement), null),
                    }
                    : RefusalCode.NoSuchAgreement;
            case AcceptRisk c:
                var text = PlainText.Read(c.Text);
                if (!text.Ok)
                    return text.Refusal!;
                foreach (var part in (string[])[c.BorneBy, c.AcceptedBy, c.Sign])
                    if (PlainText.Read(part, Limits.ShortTextLength, RefusalCode.ReasonMissing) is { Ok: false } bad)
                        return bad.Refusal!;
                var accepted = New(on);
                return new Ruling([new RiskAccepted(phase, new ResidualRisk(accepted, text.Value!, PlainText.Clean(c.Sign)))], null)
                {
                    Told = Become(
                        on,
                        PersonKey.RiskBearer(accepted),
                        NamedPerson.Of(c.BorneBy),
                        PersonKey.RiskAccepter(accepted),
                        NamedPerson.Of(c.AcceptedBy)
                    ),
                };
            case WithdrawRisk c:
                return mine.Risks.Any(risk => risk.Id == c.Risk)
                    ? new Ruling([new RiskWithdrawn(phase, c.Risk)], null)
                    {
                        Told = Become(on, PersonKey.RiskBearer(c.Risk), null, PersonKey.RiskAccepter(c.Risk), null),
                    }
                    : RefusalCode.NothingToWithdraw;
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
        var id = c.Agreement ?? New(on);
        var agreement = new Agreement(
            id,
            text.Value!,
            kind,
            draft.Because,
            draft.BecauseValues,
            firstStep.Value!,
            first,
            due,
            Optional(draft.IfThen),
            evidence.Value!,
            Optional(draft.Indicator),
            Confirmed: false
        );
        return new Ruling([new AgreementProposed(on.Phase.Id, agreement)], null)
        {
            Told = Become(
                on,
                PersonKey.Owner(id),
                NamedPerson.Of(owner.Value, draft.OwnerEmail),
                PersonKey.Verifier(id),
                NamedPerson.Of(draft.Verifier, draft.VerifierEmail)
            ),
        };
    }

    private static Answer.Refused Missing(string field) =>
        new(RefusalCode.DateMissing, new Dictionary<string, string>(StringComparer.Ordinal) { ["field"] = field });

    private static string? Optional(string? text) => PlainText.Clean(text) is { Length: > 0 } clean ? clean : null;

    private static bool Known(CommitState mine, ItemId id) => mine.Agreements.Any(agreement => agreement.Id == id);

    /// <summary>A number that no agreement and no risk of this dialogue has: people are known by it.</summary>
    private static ItemId New(Deciding on) =>
        on.Moment.NewNumber(
            0,
            number =>
                on.State.Phases.Select(phase => phase.State)
                    .OfType<CommitState>()
                    .Any(other => Known(other, new ItemId(number)) || other.Risks.Any(risk => risk.Id.Value == number))
        );

    private static IReadOnlyList<PersonFact> Become(
        Deciding on,
        PersonKey first,
        NamedPerson? its,
        PersonKey second,
        NamedPerson? another
    ) =>
        on.State.People.Become(
            key => key == first || key == second,
            new Dictionary<PersonKey, NamedPerson?> { [first] = its, [second] = another }
        );

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
