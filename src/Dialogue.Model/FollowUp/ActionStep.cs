using System.Text.Json.Serialization;

namespace Dialogue.FollowUp;

/// <summary>The names of the steps, as a screen or a golden file needs them.</summary>
public enum ActionStepKind
{
    Offer,
    Accept,
    Decline,
    Plan,
    Start,
    ReportProgress,
    Block,
    Unblock,
    ReportDone,
    Verify,
    Reject,
    AppointVerifier,
    ChangeDueDate,
    JudgeEffect,
    Close,
    Reopen,
    Drop,
    Supersede,
    HandOver,
}

/// <summary>How a verifier judges what was reported done.</summary>
public enum Verdict
{
    Agree,
    Partly,
    NotAgreed,
    CannotJudge,
}

/// <summary>What an action did for the people it was meant for.</summary>
public enum ActionEffect
{
    Helped,
    Partly,
    NotHelped,
    Harmful,
    CannotTell,
}

/// <summary>Why an action was given up. A reason is healthy; silence is not.</summary>
public enum DropCategory
{
    NoLongerNeeded,
    NotAllowed,
    NotFeasible,
    OtherSolution,
    NotOurs,
    WrongQuestion,
}

/// <summary>What can show others that it was done.</summary>
public enum EvidenceKind
{
    Document,
    SystemChange,
    CaseTest,
    Figure,
    VoiceOfCitizen,
    PartnerStatement,
    RegisterEntry,
    Statement,
}

/// <summary>One thing that shows it: what it is and where to find it.</summary>
public sealed record Evidence(EvidenceKind Kind, string Text, string? Reference = null);

/// <summary>What somebody wants to do with an agreed action. On the wire the property <c>type</c> names the step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(Accept), "accept")]
[JsonDerivedType(typeof(Decline), "decline")]
[JsonDerivedType(typeof(Plan), "plan")]
[JsonDerivedType(typeof(Start), "start")]
[JsonDerivedType(typeof(ReportProgress), "report-progress")]
[JsonDerivedType(typeof(Block), "block")]
[JsonDerivedType(typeof(Unblock), "unblock")]
[JsonDerivedType(typeof(ReportDone), "report-done")]
[JsonDerivedType(typeof(Verify), "verify")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(AppointVerifier), "appoint-verifier")]
[JsonDerivedType(typeof(ChangeDueDate), "change-due-date")]
[JsonDerivedType(typeof(JudgeEffect), "judge-effect")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(Drop), "drop")]
[JsonDerivedType(typeof(Supersede), "supersede")]
[JsonDerivedType(typeof(HandOver), "hand-over")]
public abstract record ActionStep
{
    private ActionStep() { }

    [JsonIgnore]
    public ActionStepKind Kind => Enum.Parse<ActionStepKind>(GetType().Name);

    /// <summary>The same step with every text as <see cref="PlainText"/> reads it, whichever door it came through.</summary>
    public ActionStep Cleaned() =>
        this switch
        {
            Offer step => step with { Owner = step.Owner?.Cleaned(), Reason = Maybe(step.Reason) },
            Accept step => step with { FirstStep = Maybe(step.FirstStep), IfThen = Maybe(step.IfThen) },
            Decline step => step with { Reason = PlainText.Clean(step.Reason) },
            Plan step => step with { EvidencePlan = Maybe(step.EvidencePlan), Verifier = step.Verifier?.Cleaned() },
            Start step => step with { Remark = Maybe(step.Remark) },
            ReportProgress step => step with { Remark = PlainText.Clean(step.Remark) },
            Block step => step with { Need = PlainText.Clean(step.Need), FromWhom = PlainText.Clean(step.FromWhom) },
            Unblock step => step with { Remark = Maybe(step.Remark) },
            ReportDone step => step with
            {
                Evidence =
                [
                    .. (step.Evidence ?? []).Select(one =>
                        one is null ? one! : one with { Text = PlainText.Clean(one.Text), Reference = Maybe(one.Reference) }
                    ),
                ],
                Remark = Maybe(step.Remark),
            },
            Verify step => step with { Remark = Maybe(step.Remark) },
            Reject step => step with { Reason = PlainText.Clean(step.Reason) },
            AppointVerifier step => step with { Verifier = step.Verifier?.Cleaned()! },
            ChangeDueDate step => step with { Reason = PlainText.Clean(step.Reason) },
            JudgeEffect step => step with { Basis = PlainText.Clean(step.Basis) },
            Close step => step with { Remark = Maybe(step.Remark) },
            Reopen step => step with { Reason = PlainText.Clean(step.Reason) },
            Drop step => step with { Reason = PlainText.Clean(step.Reason) },
            Supersede step => step with { Reason = PlainText.Clean(step.Reason) },
            HandOver step => step with { NewOwner = step.NewOwner?.Cleaned()!, Reason = PlainText.Clean(step.Reason) },
            _ => throw new InvalidOperationException($"a step without a reader of its texts: {GetType().Name}"),
        };

    private static string? Maybe(string? text) => text is null ? null : PlainText.Clean(text);

    /// <summary>Ask the owner, or somebody else instead, to accept.</summary>
    public sealed record Offer(ActionPerson? Owner = null, string? Reason = null) : ActionStep;

    /// <summary>The owner takes it on; the first step and the if-then plan may become the owner's own words.</summary>
    public sealed record Accept(string? FirstStep = null, DateOnly? FirstStepDate = null, string? IfThen = null) : ActionStep;

    public sealed record Decline(string Reason) : ActionStep;

    /// <summary>How others will see that it is done, and who will look.</summary>
    public sealed record Plan(string? EvidencePlan = null, ActionPerson? Verifier = null) : ActionStep;

    public sealed record Start(string? Remark = null) : ActionStep;

    public sealed record ReportProgress(string Remark) : ActionStep;

    public sealed record Block(string Need, string FromWhom) : ActionStep;

    public sealed record Unblock(string? Remark = null) : ActionStep;

    public sealed record ReportDone(IReadOnlyList<Evidence> Evidence, string? Remark = null) : ActionStep;

    public sealed record Verify(Verdict Verdict, string? Remark = null) : ActionStep;

    public sealed record Reject(string Reason) : ActionStep;

    /// <summary>Somebody else looks, for instance since the first could not judge.</summary>
    public sealed record AppointVerifier(ActionPerson Verifier) : ActionStep;

    public sealed record ChangeDueDate(DateOnly Date, string Reason) : ActionStep;

    public sealed record JudgeEffect(ActionEffect Effect, string Basis) : ActionStep;

    public sealed record Close(string? Remark = null) : ActionStep;

    public sealed record Reopen(string Reason) : ActionStep;

    public sealed record Drop(DropCategory Category, string Reason) : ActionStep;

    /// <summary>Another agreed action took its place.</summary>
    public sealed record Supersede(Guid Successor, string Reason) : ActionStep;

    /// <summary>Somebody else becomes the owner, once they accept.</summary>
    public sealed record HandOver(ActionPerson NewOwner, string Reason) : ActionStep;
}
