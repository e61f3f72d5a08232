namespace Dialogue;

/// <summary>
/// Under which perspective words are shown where names are not. A perspective that only one person at the table has is as good as a name,
/// so it is shown as <see cref="Participant"/> instead.
/// </summary>
public static class Perspectives
{
    /// <summary>Stands for 'participant' where a perspective would point at one person; no template has this key.</summary>
    public const string Participant = "deelnemer";

    /// <summary>Who must share a perspective, of the people at the table who are here, before it is shown.</summary>
    public const int Sharing = 2;

    /// <summary>The perspective as others may see it now; empty stays empty, and null stays null.</summary>
    public static string? Shown(this DialogueState state, string? perspective, Moment moment) =>
        string.IsNullOrEmpty(perspective) || perspective == Participant || state.IsShared(perspective, moment.Present)
            ? perspective
            : Participant;

    /// <summary>Whether enough people at the table who are here have this perspective.</summary>
    public static bool IsShared(this DialogueState state, string perspective, IReadOnlySet<SeatId>? present) =>
        state.AtTable(present).Count(seat => seat.Perspective == perspective) >= Sharing;
}
