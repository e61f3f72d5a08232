namespace Dialogue;

/// <summary>What must be clear before people are asked to come. Fields that are empty or null are not filled in yet.</summary>
public sealed record Intake
{
    /// <summary>Who asks for the dialogue and can do something with its outcome; a person or a role.</summary>
    public string Sponsor { get; init; } = "";

    /// <summary>What the dialogue may end in; null until it is agreed.</summary>
    public OutcomeStatus? StatusOfOutcome { get; init; }

    /// <summary>Who keeps an eye on what was agreed, afterwards.</summary>
    public string FollowUpOwner { get; init; } = "";

    /// <summary>The address at which <see cref="FollowUpOwner"/> is reminded; null when there is none.</summary>
    public string? FollowUpOwnerEmail { get; init; }

    /// <summary>When people look back; a date in the zone of the organisation.</summary>
    public DateOnly? ReviewDate { get; init; }

    /// <summary>Who may decide what; null when nothing is said about it.</summary>
    public string? Mandate { get; init; }

    /// <summary>Managers of participants are at the table.</summary>
    public bool HierarchyPresent { get; init; }

    /// <summary>The groups that the question touches, at most <see cref="Limits.AffectedGroups"/>.</summary>
    public IReadOnlyList<AffectedGroup> Affected { get; init; } = [];
}

/// <summary>What a dialogue may end in, agreed beforehand.</summary>
public enum OutcomeStatus
{
    /// <summary>To understand: nothing is settled.</summary>
    Explore,

    /// <summary>The room advises and somebody else decides.</summary>
    Advice,

    /// <summary>The room, or whoever holds the mandate in it, decides.</summary>
    Decision,
}

/// <summary>A group that is affected: is it at the table, does somebody speak for it, or is its chair empty, and why?</summary>
/// <param name="Chair">Null until somebody chose.</param>
/// <param name="Note">Who represents it, or why it is not there; required for those two.</param>
public sealed record AffectedGroup(string Name, Chair? Chair, string? Note);

/// <summary>How an affected group takes part.</summary>
public enum Chair
{
    Invited,
    Represented,
    Waived,
}
