using Dialogue.FollowUp;

namespace Dialogue.Waiting;

/// <summary>Somebody in this organisation, by account or, without one, by address.</summary>
/// <param name="Account">Null for somebody who has none, or of whom only the address is known.</param>
/// <param name="Email">Null when it is not known.</param>
public sealed record WaitingPerson(Guid? Account, string? Email)
{
    /// <summary>The same account, or the same address; somebody of whom neither is known is nobody.</summary>
    public bool Is(WaitingPerson other) =>
        (Account is { } account && account == other.Account)
        || (!string.IsNullOrWhiteSpace(Email) && string.Equals(Email.Trim(), other.Email?.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>An agreed action with the people round it.</summary>
/// <param name="Guide">Whoever led the dialogue in which it was agreed; null when that is not known.</param>
public sealed record WaitingAction(Guid Id, AgreedAction Action, WaitingPerson? Owner, WaitingPerson? Verifier, WaitingPerson? Guide);

/// <summary>A dialogue as its card knows it.</summary>
/// <param name="PreparedOn">The local date on which preparing began.</param>
/// <param name="Lacking">How many parts of the intake are empty; only of meaning while it is prepared.</param>
/// <param name="ReviewOn">When the group looks back; null when no date was agreed.</param>
public sealed record WaitingDialogue(
    Guid Id,
    Stage Stage,
    WaitingPerson? Guide,
    DateOnly PreparedOn,
    int Lacking = 0,
    DateOnly? ReviewOn = null
);

/// <summary>A question of the register.</summary>
public sealed record WaitingQuestion(Guid Id, DateOnly RegisteredOn, bool Closed, bool HasDialogue);

/// <summary>Somebody who was asked to become a colleague here.</summary>
public sealed record WaitingInvitation(Guid Id, DateOnly SentOn, bool Accepted);

/// <summary>A letter that should have left.</summary>
/// <param name="Attempts">How often it was tried.</param>
public sealed record WaitingLetter(Guid Id, DateOnly Since, int Attempts, bool Sent);

/// <summary>All there is to look at; each list may be a part, as long as what waits is in it.</summary>
public sealed record WaitingRows
{
    public IReadOnlyList<WaitingAction> Actions { get; init; } = [];
    public IReadOnlyList<WaitingDialogue> Dialogues { get; init; } = [];
    public IReadOnlyList<WaitingQuestion> Questions { get; init; } = [];
    public IReadOnlyList<WaitingInvitation> Invitations { get; init; } = [];
    public IReadOnlyList<WaitingLetter> Letters { get; init; } = [];
}
