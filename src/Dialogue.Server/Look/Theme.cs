namespace Dialogue.Look;

/// <summary>
/// Light or dark: what the device says, unless somebody chose here (<c>?theme=dark</c>, remembered in a cookie). The page is
/// written with the choice in it, so nothing flashes and no script is needed.
/// </summary>
public static class Theme
{
    public const string System = "system";
    public static IReadOnlyList<string> All { get; } = [System, "light", "dark"];

    private const string Query = "theme";

    public static string Of(HttpContext? http) => http?.Items[Query] as string ?? Known(http?.Request.Cookies[CookieName(http)]) ?? System;

    internal static void UseThemes(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.Query[Query] is [{ } wish])
                    Switch(http, wish);
                return next(http);
            }
        );

    internal static void Switch(HttpContext http, string wish)
    {
        if (Known(wish) is not { } chosen)
            return;
        http.Items[Query] = chosen;
        http.Response.Cookies.Append(CookieName(http), chosen, Language.Remembered(http));
    }

    private static string? Known(string? text) => All.FirstOrDefault(theme => string.Equals(theme, text, StringComparison.Ordinal));

    private static string CookieName(HttpContext http) => http.Request.IsHttps ? "__Host-theme" : "theme";
}
