using System.Globalization;
using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Settings;

/// <summary>
/// The house colour of an organisation as one small style sheet: it sets the tokens that carry an accent and nothing else. White text on
/// the colour, and the colour on the lightest and the darkest ground, stay readable: the light theme uses it as it is, the dark one a
/// lighter tint of it.
/// </summary>
public static class HouseStyle
{
    private const double Readable = 4.5;

    /// <summary>Grounds of tokens.css in light and in dark; a test holds them against that file.</summary>
    internal static readonly string[] LightGrounds = ["#ffffff", "#f2f5f8"];
    internal static readonly string[] DarkGrounds = ["#10181f", "#1a252f"];
    internal const string OnDarkBrand = "#0b1319";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/organisatie/{id:guid}/tokens.css",
                async (Guid id, HttpContext http, DialogueDb db, CancellationToken stop) =>
                {
                    var accent = await db.Set<OrganisationRow>().Where(o => o.Id == id).Select(o => o.Accent).SingleOrDefaultAsync(stop);
                    http.Response.Headers.CacheControl = Kept(http.Request);
                    return Results.Text(accent is null ? "" : Css(accent), "text/css; charset=utf-8");
                }
            )
            .OpenTo(Visitor.Anyone)
            .ExcludeFromDescription();

    /// <summary>An address with a version is for one content only.</summary>
    internal static string Kept(HttpRequest request) =>
        request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300";

    /// <summary>A colour as <c>#rrggbb</c> in lower case, null for none, or the refusal that says what is wrong with it.</summary>
    public static Result<string?> Read(string? text)
    {
        var colour = text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(colour))
            return new Result<string?>(null, Refusal: null);
        if (colour.Length != 7 || colour[0] != '#' || !colour.AsSpan(1).ContainsOnlyHex())
            return RefusalCode.ColourUnreadable;
        return LightGrounds.All(ground => Contrast(colour, ground) >= Readable) ? colour : RefusalCode.ColourUnreadable;
    }

    internal static string Css(string accent)
    {
        var (dark, deep, light) = (Mix(accent, "#000000", 0.25), Mix(accent, "#000000", 0.4), OnDark(accent));
        var tint = Mix(light, "#ffffff", 0.25);
        var darkGround = DarkGrounds[^1];
        var darkTokens =
            $"--brand: {light}; --brand-2: {tint}; --bar: {Bar(accent)}; --bar-2: {Mix(accent, "#000000", 0.55)}; --link: {light}; "
            + $"--info: {light}; --info-ground: {darkGround}; --tint: {darkGround};";
        return $$"""
            :root { --brand: {{accent}}; --brand-2: {{dark}}; --bar: {{accent}}; --bar-2: {{deep}}; --link: {{accent}};
              --info: {{accent}}; --info-ground: {{LightGrounds[^1]}}; --tint: {{LightGrounds[^1]}}; }
            @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { {{darkTokens}} } }
            @media screen { :root[data-theme="dark"] { {{darkTokens}} } }

            """;
    }

    /// <summary>The smallest tint of the colour that can be read on dark grounds, and that dark words can be read on.</summary>
    internal static string OnDark(string accent)
    {
        for (var white = 0.0; white < 1; white += 0.05)
        {
            var tint = Mix(accent, "#ffffff", white);
            if (DarkGrounds.Append(OnDarkBrand).All(ground => Contrast(tint, ground) >= Readable + 0.5))
                return tint;
        }

        return "#ffffff";
    }

    /// <summary>The bar in the dark theme: the colour itself, darkened, under white words.</summary>
    internal static string Bar(string accent) => Mix(accent, "#000000", 0.35);

    internal static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var (red, green, blue) = Parts(colour);
        return (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

        static double Linear(int part)
        {
            var share = part / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }

    private static string Mix(string colour, string with, double share)
    {
        var ((r1, g1, b1), (r2, g2, b2)) = (Parts(colour), Parts(with));
        return string.Create(CultureInfo.InvariantCulture, $"#{Part(r1, r2):x2}{Part(g1, g2):x2}{Part(b1, b2):x2}");

        int Part(int one, int other) => (int)Math.Round(one + ((other - one) * share));
    }

    private static (int Red, int Green, int Blue) Parts(string colour)
    {
        return (Part(1), Part(3), Part(5));

        int Part(int at) => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text) => text.IndexOfAnyExcept("0123456789abcdef") < 0;
}
