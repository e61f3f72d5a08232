namespace Dialogue.Activities.Decide;

/// <summary>How an outcome is fixed.</summary>
public enum DecisionRule
{
    /// <summary>Settled when nobody holds an argued, fundamental objection. Not the same as: everybody is in favour.</summary>
    Consent,

    /// <summary>More than half of those who took a position, or more for than against.</summary>
    Majority,

    /// <summary>Whoever holds the mandate decides, having heard the room.</summary>
    Mandate,

    /// <summary>The room advises and somebody else decides.</summary>
    Advice,
}

/// <summary>What a decide phase ended in.</summary>
public enum ResultKind
{
    Advice,
    Decision,
    NoDecision,
}

/// <summary>What became of an objection.</summary>
public enum ObjectionState
{
    Open,

    /// <summary>It was heard and stays: under consent it still stands in the way.</summary>
    StandsBeside,

    /// <summary>It became a condition of the decision.</summary>
    BecameCondition,

    /// <summary>Its holder took it back.</summary>
    Withdrawn,
}

/// <summary>Under what a minority view is kept; the holder of the view chooses.</summary>
public enum HolderKind
{
    Unnamed,
    Perspective,
    Named,
}

/// <summary>Where somebody stands, with the reason.</summary>
/// <param name="Choice">Key of a position of the phase.</param>
/// <param name="WouldChange">What would make this person think otherwise; null when nothing was said.</param>
/// <param name="Perspective">Key of a perspective; null or empty when there is none.</param>
public sealed record Position(string Choice, string Reason, string? WouldChange, string? Perspective);

/// <summary>An argued, fundamental objection against the proposal.</summary>
/// <param name="Condition">What it became; only with <see cref="ObjectionState.BecameCondition"/>.</param>
public sealed record Objection(
    ItemId Id,
    string Reason,
    string? Perspective,
    ObjectionState State = ObjectionState.Open,
    string? Condition = null
)
{
    /// <summary>Still in the way of consent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => State is ObjectionState.Open or ObjectionState.StandsBeside;
}

/// <summary>Hands that were counted. Whoever abstained counts for neither side.</summary>
public sealed record Votes(int For, int Against, int Abstained = 0);

/// <summary>What was settled, under which rule, and what stood open then.</summary>
/// <param name="Rule">The rule under which it was settled; where that is not the rule of the phase, a guide said so by name.</param>
/// <param name="Because">The items on which it rests.</param>
/// <param name="Conditions">Null when there are none.</param>
/// <param name="Choice">Under majority: key of the position that more than half took; null when hands were counted.</param>
/// <param name="Votes">Under majority: the hands that were counted; null when positions were.</param>
/// <param name="DecidedBy">Under mandate: the seat of whoever decided; null when that was somebody who is not at the table.</param>
/// <param name="OpenObjections">The objections that were open when this was settled; they stay beside it.</param>
public sealed record Decision(
    ResultKind Kind,
    DecisionRule Rule,
    string Text,
    string Reasons,
    IReadOnlyList<ItemId> Because,
    string? Conditions = null,
    string? Choice = null,
    Votes? Votes = null,
    SeatId? DecidedBy = null,
    IReadOnlyList<ItemId>? OpenObjections = null
);

/// <summary>The words of a decision as they were, and why they were corrected.</summary>
/// <param name="Version">1 is what was settled.</param>
public sealed record Wording(int Version, string Text, string Why);

/// <summary>A view that the decision did not follow; it has a place of its own beside the decision.</summary>
/// <param name="RecheckWhen">What would be a reason to look at the decision again; null when nothing was said.</param>
/// <param name="Perspective">Key, only when the view is kept under a perspective.</param>
/// <param name="Seat">Only when its holder wants to be named.</param>
public sealed record MinorityView(
    ItemId Id,
    string Text,
    string? RecheckWhen,
    HolderKind Holder,
    string? Perspective = null,
    SeatId? Seat = null
);
