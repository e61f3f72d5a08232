using System.Xml.Linq;
using Dialogue.Architecture;
using Dialogue.Outcomes;
using Dialogue.Templates;

namespace Dialogue.Look;

/// <summary>One text that can come on a screen, on paper or in an email.</summary>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Where">The file and the key, such as <c>FollowUp/Words Letter.Foot</c>; the same in both languages.</param>
public sealed record ScreenText(string Language, string Where, string Words);

/// <summary>All texts that are written in the product: resources (emails are resources too), session templates, the list of
/// values.</summary>
internal static class ScreenTexts
{
    private static readonly string Server = Repository.PathOf("src", "Dialogue.Server");

    public static IReadOnlyList<ScreenText> All { get; } = [.. Resources(), .. Templates(), .. Values()];

    /// <summary>The keys of the resource of one folder, such as <c>FollowUp/Words</c>.</summary>
    public static IReadOnlySet<string> Keys(string resource, string language) =>
        All.Where(text => text.Language == language && text.Where.StartsWith(resource + " ", StringComparison.Ordinal))
            .Select(text => text.Where[(resource.Length + 1)..])
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<ScreenText> Resources() =>
        from file in Directory.EnumerateFiles(Server, "*.resx", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        let english = file.EndsWith(".en.resx", StringComparison.Ordinal)
        let name = Path.GetRelativePath(Server, file)[..^(english ? ".en.resx".Length : ".resx".Length)]
        from entry in XDocument.Load(file).Root!.Elements("data")
        select new ScreenText(english ? "en" : "nl", $"{name} {entry.Attribute("name")!.Value}", entry.Element("value")!.Value);

    private static IEnumerable<ScreenText> Templates()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("session-templates"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var lines = YamlReader.Read(File.ReadAllText(file)).Root;
            foreach (var text in In(lines, name))
                yield return text;
        }
    }

    private static IEnumerable<ScreenText> In(System.Text.Json.Nodes.JsonNode? node, string where)
    {
        if (node is System.Text.Json.Nodes.JsonObject map)
        {
            foreach (var (key, value) in map)
            {
                if (key is "nl" or "en" && value is System.Text.Json.Nodes.JsonValue)
                    yield return new ScreenText(key, where, value.ToString());
                else
                    foreach (var text in In(value, $"{where}/{(map["key"] is { } own ? own + "." : "")}{key}"))
                        yield return text;
            }
        }
        else if (node is System.Text.Json.Nodes.JsonArray list)
        {
            foreach (var text in list.SelectMany((one, index) => In(one, $"{where}[{index}]")))
                yield return text;
        }
    }

    private static IEnumerable<ScreenText> Values() =>
        from value in ValueVocabulary.All
        from text in (Text[])[value.Name, value.Meaning, value.Group]
        from one in (ScreenText[])[new("nl", "values " + value.Key, text.Nl), new("en", "values " + value.Key, text.In("en"))]
        select one;
}
