using System.Globalization;

namespace Dialogue.Look;

/// <summary>
/// How moments are shown: in the time zone of an organisation, never in that of the server or of the reader's computer. Dates (a
/// <see cref="DateOnly"/>) are dates in that zone already. Words and order follow the language of the request.
/// </summary>
public sealed class Moments(TimeZoneInfo zone, TimeProvider time)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>The date on which it is now in this zone: what "today", "late" and "ahead" are measured against.</summary>
    public DateOnly Today => DateOf(time.GetUtcNow());

    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>As <c>25 november 2026</c>.</summary>
    public string Day(DateTimeOffset at) => Date(DateOf(at));

    /// <summary>As <c>25 nov 2026</c>, for tables.</summary>
    public string ShortDay(DateTimeOffset at) => ShortDate(DateOf(at));

    /// <summary>As <c>woensdag 25 november 2026</c>.</summary>
    public string Weekday(DateTimeOffset at) => WeekdayAndDate(DateOf(at));

    /// <summary>As <c>25 nov 2026 14:03</c>.</summary>
    public string DayAndTime(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy HH:mm", CultureInfo.CurrentCulture);

    /// <summary>As <c>14:03</c>.</summary>
    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>As <c>25 november 2026</c>.</summary>
    /// <param name="day">A date in the zone of the organisation.</param>
    /// <param name="culture">Whose words; null is the language of the request. Mails have a language of their own.</param>
    public static string Date(DateOnly day, CultureInfo? culture = null) =>
        day.ToString("d MMMM yyyy", culture ?? CultureInfo.CurrentCulture);

    /// <summary>As <c>25 nov 2026</c>, for tables.</summary>
    public static string ShortDate(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>As <c>woensdag 25 november 2026</c>.</summary>
    public static string WeekdayAndDate(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.CurrentCulture);
}
