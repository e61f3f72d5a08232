using System.Net;
using System.Text.RegularExpressions;

namespace Dialogue.Look;

/// <summary>The forms of a page as a browser would send them, read from its markup.</summary>
internal sealed partial class PageForm
{
    public required string Name { get; init; }
    public required string Markup { get; init; }
    public required string Action { get; init; }
    public List<PageField> Fields { get; } = [];
    public List<KeyValuePair<string, string>> Hidden { get; } = [];

    public static IReadOnlyList<PageForm> In(string html, string address)
    {
        var page = NoScript().Replace(html, "");
        var found = new List<PageForm>();
        foreach (Match match in Forms().Matches(page))
        {
            if (Attribute(match.Groups["open"].Value, "method") != "post")
                continue;
            var body = match.Groups["body"].Value;
            var form = new PageForm
            {
                Name = Handler().Match(body).Groups["name"].Value,
                Markup = match.Value,
                Action = Attribute(match.Groups["open"].Value, "action") is { Length: > 0 } action ? action : address,
            };
            foreach (Match control in Controls().Matches(body))
                form.Add(control);
            found.Add(form);
        }
        return found;
    }

    private void Add(Match control)
    {
        var open = control.Groups["open"].Value;
        if (Attribute(open, "name") is not { Length: > 0 } name)
            return;
        var kind = control.Groups["tag"].Value == "input" ? Attribute(open, "type") ?? "text" : control.Groups["tag"].Value;
        var value = kind switch
        {
            "textarea" => WebUtility.HtmlDecode(control.Groups["rest"].Value).TrimStart('\n'),
            "select" => Attribute(Selected().Match(control.Groups["rest"].Value).Value, "value")
                ?? Attribute(Option().Match(control.Groups["rest"].Value).Value, "value")
                ?? "",
            _ => Attribute(open, "value") ?? "",
        };
        if (kind == "hidden")
            Hidden.Add(new(name, value));
        else if (kind is not ("submit" or "button") && !open.Contains(" readonly", StringComparison.Ordinal))
            Fields.Add(
                new(
                    name,
                    kind,
                    value,
                    open.Contains("aria-required", StringComparison.Ordinal),
                    int.TryParse(Attribute(open, "maxlength"), out var most) ? most : null,
                    kind is "checkbox" or "radio" && open.Contains(" checked", StringComparison.Ordinal)
                )
            );
    }

    /// <summary>Everything as it stands, with some values changed.</summary>
    public List<KeyValuePair<string, string>> Filled(params (string Name, string Value)[] typed)
    {
        var values = Hidden.ToList();
        foreach (var field in Fields)
        {
            if (typed.Any(one => one.Name == field.Name) || (field.Kind is "checkbox" or "radio" && !field.Ticked))
                continue;
            values.Add(new(field.Name, field.Value));
        }
        values.AddRange(typed.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        return values;
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups["value"].Value)
            : null;

    [GeneratedRegex("<form\\b(?<open>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Forms();

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.Singleline, 2000)]
    private static partial Regex NoScript();

    [GeneratedRegex("name=\"_handler\" value=\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Handler();

    [GeneratedRegex(
        "<(?<tag>input|textarea|select)\\b(?<open>[^>]*)>((?<=<(textarea|select)\\b[^>]*>)(?<rest>.*?)</(textarea|select)>)?",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        2000
    )]
    private static partial Regex Controls();

    [GeneratedRegex("<option\\b[^>]*\\sselected[^>]*>", RegexOptions.None, 2000)]
    private static partial Regex Selected();

    [GeneratedRegex("<option\\b[^>]*>", RegexOptions.None, 2000)]
    private static partial Regex Option();
}

internal sealed record PageField(string Name, string Kind, string Value, bool Required, int? MaxLength, bool Ticked);
