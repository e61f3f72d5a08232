using Dialogue.Activities.Commit;

namespace Dialogue.FollowUp;

/// <summary>
/// Where an agreed action stands. "Late" and "escalated" are no states: they are computed, so that the state of the work
/// stays visible. Reported done is not success: only verified, and after that the judged effect, counts as such.
/// </summary>
public enum ActionState
{
    Proposed,
    Offered,
    Declined,
    Accepted,
    Planned,
    InProgress,
    Blocked,
    ReportedDone,
    Rejected,
    Verified,
    EffectAssessed,
    Closed,
    Dropped,
    Superseded,
    HandedOver,
}

/// <summary>What follows from the kind of an agreement.</summary>
public static class ActionKinds
{
    /// <summary>For these kinds somebody saying "done" proves nothing.</summary>
    public static bool NeedsMoreThanAStatement(this AgreementKind kind) =>
        kind is AgreementKind.Repair or AgreementKind.Technology or AgreementKind.Rule;
}

/// <summary>In which quality somebody acts on one agreed action. One person may have several.</summary>
[Flags]
public enum ActionRoles
{
    None = 0,
    Owner = 1,
    Verifier = 2,
    Facilitator = 4,
    Coordinator = 8,
    Sponsor = 16,
}

/// <summary>Somebody who owns or verifies: a person in a role, and how to reach them.</summary>
public sealed record ActionPerson(string Name, string? Email = null)
{
    /// <summary>The same person with name and address as <see cref="PlainText"/> reads them.</summary>
    public ActionPerson Cleaned() => new(PlainText.Line(Name), Email is null ? null : PlainText.Line(Email));

    /// <summary>The same address, or without addresses the same name: careful on purpose, since nobody verifies their own work.</summary>
    public bool IsSameAs(ActionPerson? other) =>
        other is not null
        && (
            Email is not null && other.Email is not null
                ? string.Equals(Email.Trim(), other.Email.Trim(), StringComparison.OrdinalIgnoreCase)
                : string.Equals(Name.Trim(), other.Name.Trim(), StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>Who takes a step: the name for the journal, and what this person is to this action.</summary>
public sealed record ActionActor(string Name, ActionRoles Roles)
{
    public bool Is(ActionRoles role) => (Roles & role) != 0;
}

/// <summary>What the rules look at. Dates are local dates of the organisation; the zone is in the policy.</summary>
/// <param name="OriginalDueDate">What was agreed in the room. Never changes.</param>
/// <param name="AskedOn">When the present owner was last asked to accept.</param>
/// <param name="StateSince">The day on which the present state began.</param>
public sealed record AgreedAction(
    ActionState State,
    AgreementKind Kind,
    ActionPerson? Owner,
    ActionPerson? Verifier,
    string FirstStep,
    DateOnly FirstStepDate,
    DateOnly DueDate,
    DateOnly OriginalDueDate,
    string? IfThen,
    string EvidencePlan,
    int DateChanges,
    DateOnly AskedOn,
    DateOnly StateSince
)
{
    /// <summary>Still to be done by somebody: being late has a meaning.</summary>
    public bool IsOpenWork =>
        State
            is ActionState.Offered
                or ActionState.HandedOver
                or ActionState.Accepted
                or ActionState.Planned
                or ActionState.InProgress
                or ActionState.Blocked
                or ActionState.Rejected;

    /// <summary>Nothing will happen to it any more, unless somebody reopens it.</summary>
    public bool IsEnded => State is ActionState.Closed or ActionState.Dropped or ActionState.Superseded;

    public int DaysLate(DateOnly today) => IsOpenWork && today > DueDate ? today.DayNumber - DueDate.DayNumber : 0;
}
