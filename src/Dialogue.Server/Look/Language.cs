using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Dialogue.Look;

/// <summary>
/// Dutch, unless somebody asks for English: with a link (<c>?culture=en</c>, which is remembered in a cookie), with that cookie,
/// or with the settings of the browser. Dates and numbers follow the language.
/// </summary>
public static class Language
{
    public const string Dutch = "nl";
    public const string English = "en";
    public static IReadOnlyList<string> All { get; } = [Dutch, English];

    private const string Query = "culture";

    /// <summary>The language of what is being written now.</summary>
    public static string Current => Known(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? Dutch;

    /// <summary>
    /// For work outside a request (mail, the room, a hub call): words and formats of a language until the end of this block.
    /// </summary>
    public static IDisposable Speak(string? language)
    {
        var before = new Before(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var known = Known(language) ?? Dutch;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Formats(known));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(known);
        return before;
    }

    public static string? Known(string? text) =>
        text is null
            ? null
            : All.FirstOrDefault(language => text.Length >= 2 && text.AsSpan(0, 2).Equals(language, StringComparison.OrdinalIgnoreCase));

    internal static IServiceCollection AddLanguages(this IServiceCollection services) =>
        services
            .AddLocalization()
            .Configure<RequestLocalizationOptions>(options =>
            {
                options.SupportedCultures = [CultureInfo.GetCultureInfo("nl-NL"), CultureInfo.GetCultureInfo("en-GB")];
                options.SupportedUICultures = [CultureInfo.GetCultureInfo(Dutch), CultureInfo.GetCultureInfo(English)];
                options.DefaultRequestCulture = new RequestCulture("nl-NL", Dutch);
                options.RequestCultureProviders =
                [
                    new Asked(http => Known(http.Request.Query[Query])),
                    new Asked(http => Known(http.Request.Cookies[CookieName(http)])),
                    new Asked(http =>
                        http.Request.GetTypedHeaders()
                            .AcceptLanguage.OrderByDescending(wish => wish.Quality ?? 1)
                            .Select(wish => Known(wish.Value.Value))
                            .FirstOrDefault(language => language is not null)
                    ),
                ];
            });

    internal static void UseLanguages(this IApplicationBuilder app) =>
        app.UseRequestLocalization()
            .Use(
                (http, next) =>
                {
                    if (Known(http.Request.Query[Query]) is { } chosen)
                    {
                        http.Response.Cookies.Append(CookieName(http), chosen, Remembered(http));
                    }

                    var language = Current;
                    http.Response.OnStarting(() =>
                    {
                        if (Access.SecurityHeaders.IsPartOfAPage(http.Response))
                            return Task.CompletedTask;
                        http.Response.Headers.Append("Vary", "Accept-Language, Cookie");
                        http.Response.Headers.ContentLanguage = http.Items[Query] as string ?? language;
                        return Task.CompletedTask;
                    });
                    return next(http);
                }
            );

    /// <summary>For the rest of this request and, in a cookie, for later ones.</summary>
    internal static void Switch(HttpContext http, string wish)
    {
        if (Known(wish) is not { } chosen)
            return;
        http.Response.Cookies.Append(CookieName(http), chosen, Remembered(http));
        http.Items[Query] = chosen;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Formats(chosen));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(chosen);
    }

    internal static CookieOptions Remembered(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        };

    private static string CookieName(HttpContext http) => http.Request.IsHttps ? "__Host-language" : "language";

    private static string Formats(string language) => language == English ? "en-GB" : "nl-NL";

    private sealed class Asked(Func<HttpContext, string?> ask) : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
            Task.FromResult(ask(httpContext) is { } language ? new ProviderCultureResult(Formats(language), language) : null);
    }

    private sealed record Before(CultureInfo Formats, CultureInfo Words) : IDisposable
    {
        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Formats, Words);
    }
}
