namespace Dialogue.FollowUp;

/// <summary>
/// The moment at which a clock on the wall shows a date and time. Lenient: a time that the change to summer time skips
/// moves forward by the gap, a time that occurs twice is the first of the two. It never throws and never goes back.
/// </summary>
public static class LocalMoment
{
    public static DateTimeOffset At(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            var before = zone.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(local, before).ToOffset(zone.GetUtcOffset(new DateTimeOffset(local, before)));
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>
    /// A zone by its IANA name; null or an unknown name is that of the Netherlands, and UTC on a machine that knows no zones.
    /// </summary>
    public static TimeZoneInfo Zone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known) ? known
        : TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out var ours) ? ours
        : TimeZoneInfo.Utc;

    public static DateOnly DateOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>Monday to Friday; public holidays count as working days, so nobody is asked too early by more than a day or two.</summary>
    /// <param name="working">Other working days than Monday to Friday; null or none for those.</param>
    public static DateOnly AddWorkingDays(DateOnly date, int days, IReadOnlyList<DayOfWeek>? working = null)
    {
        while (days > 0)
        {
            date = date.AddDays(1);
            if (
                working is { Count: > 0 }
                    ? working.Contains(date.DayOfWeek)
                    : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            )
                days--;
        }
        return date;
    }

    public static DateOnly OnOrAfter(DateOnly date, DayOfWeek day) => date.AddDays((day - date.DayOfWeek + 7) % 7);
}
