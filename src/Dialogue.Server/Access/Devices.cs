namespace Dialogue.Access;

/// <summary>
/// Browser and system of a session in a few plain words, so that somebody recognises their own devices. The whole user agent, which says
/// much more, is not kept.
/// </summary>
public static class Devices
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <returns>Such as <c>Firefox, Windows</c>; empty when nothing in it is known, as with a program.</returns>
    public static string Of(string? userAgent) =>
        string.Join(
            ", ",
            new[] { Browsers, Systems }
                .Select(kind => kind.FirstOrDefault(one => userAgent?.Contains(one.Mark, StringComparison.Ordinal) == true).Name)
                .OfType<string>()
        );
}
