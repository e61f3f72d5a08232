using System.Globalization;
using System.Text.RegularExpressions;
using Dialogue.Architecture;

namespace Dialogue.Look;

/// <summary>Colours of <c>tokens.css</c>, in light and in dark: what is read has a contrast of 4.5, what must be seen of 3.</summary>
public sealed class ContrastTests
{
    private static readonly (string Front, string Back)[] Text =
    [
        .. from back in new[] { "paper", "panel" }
        from front in new[] { "ink", "ink-2", "link", "brand", "ok", "warn", "error", "info" }
        select (front, back),
        .. from kind in new[] { "ok", "warn", "error", "info" } from front in new[] { "ink", kind } select (front, kind + "-ground"),
        .. from letter in "abcdef" from back in new[] { "paper", "panel" } select ("group-" + letter, back),
        ("on-brand", "brand"),
        ("on-brand", "brand-2"),
        ("on-bar", "bar"),
        ("on-error", "error"),
        ("link", "info-ground"),
        .. from front in new[] { "ink", "ink-2", "link", "ok", "warn", "error", "info" } select (front, "tint"),
        ("on-bar", "bar-2"),
        .. from kind in new[] { "served", "strained", "other" }
        from back in new[] { "paper", "panel", kind + "-ground" }
        select (kind, back),
        .. from kind in new[] { "served", "strained", "other" } select ("ink", kind + "-ground"),
        ("ink-2", "other-ground"),
        ("ink-2", "info-ground"),
        ("paper", "strained"),
        ("bar", "on-bar"),
        ("on-c", "c-plan"),
        ("on-c", "c-off"),
        ("paper", "c-wait"),
        ("paper", "c-busy"),
        ("paper", "c-stuck"),
        ("paper", "c-done"),
    ];

    private static readonly (string Front, string Back)[] Seen =
    [
        ("control", "paper"),
        ("control", "panel"),
        ("link", "paper"),
        ("error", "paper"),
        ("focus", "paper"),
        ("focus", "panel"),
        ("on-bar", "bar"),
        ("ok", "ok-ground"),
        ("warn", "warn-ground"),
        ("error", "error-ground"),
        ("info", "info-ground"),
        .. from kind in new[] { "wait", "plan", "busy", "stuck", "done", "off" } select ("c-" + kind, "paper"),
        ("brand", "tint"),
        ("other", "other-ground"),
    ];

    private static readonly string Css = File.ReadAllText(Repository.PathOf("src", "Dialogue.Server", "wwwroot", "css", "tokens.css"));

    private static Dictionary<string, string> Block(string head) =>
        Regex
            .Matches(
                Regex.Match(Css, Regex.Escape(head) + @" \{(?<body>[^}]*)\}").Groups["body"].Value,
                @"--(?<name>[\w-]+):\s*(?<value>#[0-9a-f]+)"
            )
            .ToDictionary(part => part.Groups["name"].Value, part => part.Groups["value"].Value, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Light = Block(":root");
    private static readonly Dictionary<string, string> DarkByDevice = Block(":root:not([data-theme=\"light\"])");
    private static readonly Dictionary<string, string> DarkByChoice = Block(":root[data-theme=\"dark\"]");

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.TrimStart('#');
        if (hex.Length == 3)
            hex = string.Concat(hex.Select(digit => new string(digit, 2)));
        var parts = Enumerable
            .Range(0, 3)
            .Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    private static IEnumerable<string> TooLittle(Dictionary<string, string> theme, (string Front, string Back)[] pairs, double least) =>
        pairs
            .Select(pair => (pair, contrast: Contrast(theme[pair.Front], theme[pair.Back])))
            .Where(found => found.contrast < least)
            .Select(found =>
                string.Create(CultureInfo.InvariantCulture, $"{found.pair.Front} on {found.pair.Back}: {found.contrast:0.00}")
            );

    [Fact]
    public void Text_can_be_read_in_light_and_in_dark()
    {
        TooLittle(Light, Text, 4.5).ShouldBeEmpty();
        TooLittle(DarkByChoice, Text, 4.5).ShouldBeEmpty();
    }

    [Fact]
    public void Borders_of_controls_and_the_focus_ring_can_be_seen_in_light_and_in_dark()
    {
        TooLittle(Light, Seen, 3).ShouldBeEmpty();
        TooLittle(DarkByChoice, Seen, 3).ShouldBeEmpty();
    }

    [Fact]
    public void Dark_is_the_same_however_it_was_chosen()
    {
        DarkByDevice.ShouldNotBeEmpty();
        DarkByChoice.ShouldBe(DarkByDevice);
        DarkByChoice.Keys.ShouldBe(Light.Keys);
    }

    [Fact]
    public void The_ring_on_the_bar_has_the_colour_of_the_text_there()
    {
        Css.ShouldContain(".bar, .room__bar {\n  --utrecht-focus-outline-color: var(--on-bar);");
        Contrast(Light["focus"], Light["bar"]).ShouldBeLessThan(3, "the reason why the bar has a ring of its own");
    }

    [Fact]
    public void The_measure_is_that_of_the_guidelines()
    {
        Contrast("#000", "#ffffff").ShouldBe(21, 0.01);
        Contrast("#777777", "#fff").ShouldBe(4.48, 0.01);
    }
}
