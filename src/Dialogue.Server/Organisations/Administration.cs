using Dialogue.Access;
using Dialogue.Mailroom;

namespace Dialogue.Organisations;

/// <summary>What the use cases of administration share: who may, and how names, addresses, zones and languages are read.</summary>
internal static class Administration
{
    /// <summary>The administrator behind this request, or null. Everything here is within the organisation of that person.</summary>
    public static async Task<StaffMember?> Administrator(this ICurrentStaff current, CancellationToken stop) =>
        await current.Get(stop) is { } staff && staff.Is(StaffRole.Administrator) ? staff : null;

    /// <summary>A name of one line, at most 200 characters.</summary>
    public static Result<string> Name(string? text, RefusalCode whenMissing = RefusalCode.NameMissing) =>
        PlainText.ReadLine(text, limit: 200, whenMissing);

    public static Result<string> Address(string? text) =>
        Post.IsAddress(text, out var address) ? address.ToLowerInvariant() : RefusalCode.AddressInvalid;

    /// <summary>An IANA zone that this machine knows.</summary>
    public static Result<string> Zone(string? text) =>
        text is { Length: > 0 and <= 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId
            ? zone.Id
            : RefusalCode.ZoneUnknown;

    public static Result<string> Language(string? text) => text is "nl" or "en" ? text : RefusalCode.LanguageUnknown;

    /// <summary>The zones that a screen offers; a program may give any other.</summary>
    public static IReadOnlyList<string> Zones { get; } =
    [
        "Europe/Amsterdam",
        "America/Kralendijk",
        "America/Lower_Princes",
        "America/Aruba",
        "America/Curacao",
        "Europe/Brussels",
        "Europe/Berlin",
        "Europe/Paris",
        "Europe/London",
        "UTC",
    ];
}
