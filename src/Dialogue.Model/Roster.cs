namespace Dialogue;

/// <summary>What somebody does in this dialogue; rights follow from it (see <see cref="Permissions"/>).</summary>
[Flags]
public enum Role
{
    None = 0,
    Facilitator = 1,
    CoFacilitator = 2,
    CaseOwner = 4,
    Participant = 8,
    Observer = 16,
    DecisionMaker = 32,

    /// <summary>The big screen: sees what everybody may see, and has no seat.</summary>
    Projector = 64,

    /// <summary>The organisation's own acts, such as preparing: no seat, a signed-in person with the right role there.</summary>
    Organiser = 128,

    Guides = Facilitator | CoFacilitator,
    Voices = CaseOwner | Participant | DecisionMaker,
    Table = Guides | Voices,
    Everyone = Table | Observer | Projector | Organiser,
}

/// <summary>
/// A seat at the table, without the name of whoever has it: names are kept outside the log (<see cref="PersonFact"/>).
/// </summary>
/// <param name="Perspective">Key of a perspective such as <c>uitvoering</c>, or empty; whose it is, only guides see.</param>
/// <param name="Senior">Higher in rank than others at the table: shown last where positions are shown.</param>
/// <param name="Left">Not at the table any more, for whatever reason.</param>
/// <param name="Removed">A guide took this seat from the table: nothing that came later is for whoever had it.</param>
public sealed record Seat(SeatId Id, string Perspective, Role Role, bool Senior = false, bool Left = false, bool Removed = false)
{
    public bool HasVoice => !Left && (Role & Role.Voices) != 0;
}

/// <summary>Who looks: a seat or none, with a role. Everything a viewer may see follows from these two.</summary>
public readonly record struct Viewer(SeatId? Seat, Role Role);

/// <summary>Who acts, resolved by the server from its own tables, never from what a client says.</summary>
public readonly record struct By(SeatId? Seat, Role Role)
{
    public Viewer AsViewer => new(Seat, Role);
}
