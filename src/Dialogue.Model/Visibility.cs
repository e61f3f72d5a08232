namespace Dialogue;

/// <summary>For whom an event is: for roles, and for one seat besides.</summary>
public readonly record struct Audience(Role Roles, SeatId? Seat)
{
    public static Audience Everyone => new(Role.Everyone, null);

    public static Audience EveryoneAnd(SeatId seat) => new(Role.Everyone, seat);

    public static Audience Guides => new(Role.Guides | Role.Organiser, null);

    public static Audience Only(SeatId seat) => new(Role.None, seat);

    public static Audience GuidesAnd(SeatId seat) => new(Role.Guides | Role.Organiser, seat);
}

/// <summary>
/// Who may see which event: this function and nothing else. It looks at the event and the viewer only, so that live and catch-up cannot
/// differ.
/// </summary>
public static class Visibility
{
    public static bool MaySee(this Viewer viewer, DialogueEvent happened)
    {
        var audience = happened.Audience;
        return (audience.Roles & viewer.Role) != 0 || (audience.Seat is { } seat && viewer.Seat == seat);
    }
}
