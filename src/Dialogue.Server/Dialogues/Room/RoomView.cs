using Microsoft.Extensions.Localization;

namespace Dialogue.Dialogues.Room;

/// <summary>A dialogue as one viewer, or all with one role and language, look at it.</summary>
/// <param name="Number">The number of the last event that is in <paramref name="State"/>.</param>
/// <param name="Viewer">The seat is empty for what is the same for everybody with this role.</param>
/// <param name="Present">Numbers of the seats with a live connection.</param>
public sealed record RoomView(
    DialogueId Dialogue,
    string Code,
    string JoinAddress,
    DialogueState State,
    int Number,
    Viewer Viewer,
    string Language,
    IReadOnlySet<int> Present
)
{
    /// <summary>Nothing can be saved now; what people write stays on their device.</summary>
    public bool CannotSave { get; init; }

    /// <summary>The first number of the log that is missing or changed; null when all is whole.</summary>
    public int? DamagedAt { get; init; }

    /// <summary>The phase after the present one, before the start the first; null when there is none.</summary>
    public PhaseState? Next => State.Current + 1 < State.Phases.Length ? State.Phases[State.Current + 1] : null;

    public bool IsGuide => (Viewer.Role & Role.Guides) != 0;
    public bool IsScreen => Viewer.Role == Role.Projector;
    public bool AtTable => (Viewer.Role & Role.Table) != 0;
    public bool HasVoice => (Viewer.Role & Role.Voices) != 0;

    /// <summary>The name that somebody chose, or the number of the seat when the name is forgotten.</summary>
    public string NameOf(SeatId? seat, IStringLocalizer<Words> words) =>
        State.NameOf(seat) ?? (seat is { } id ? words["Seat.NoName", id.Value].Value : "");

    /// <summary>The seats with a live connection, as rules count them.</summary>
    public IReadOnlySet<SeatId> Here => Present.Select(number => new SeatId(number)).ToHashSet();

    /// <summary>The room as it is shared: without the seat of whoever looks.</summary>
    public RoomView Everyone => this with { Viewer = Viewer with { Seat = null } };

    /// <summary>The name of a page and a connection for this role: <c>room</c>, <c>regie</c> or <c>scherm</c>.</summary>
    public string As =>
        IsScreen ? "scherm"
        : IsGuide ? "regie"
        : "room";
}
