using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>All that the program says in Dutch and says otherwise in English: none of it may be on a page in English.</summary>
internal sealed partial class InEnglish
{
    /// <summary>All words of a page but the name of the other language, which stands in that language.</summary>
    private const string Visible = """
        () => {
          const others = [...document.querySelectorAll("a[hreflang=nl], button[lang=nl]")];
          for (const one of others) one.hidden = true;
          const said = [document.body.innerText, document.title, ...[...document.querySelectorAll("[aria-label], [placeholder], [title]")]
            .flatMap(one => ["aria-label", "placeholder", "title"].map(name => one.getAttribute(name) ?? ""))].join("\n");
          for (const one of others) one.hidden = false;
          return said;
        }
        """;

    private readonly List<string> dutch;

    public InEnglish(SessionTemplate template)
    {
        var pairs = Resources().Concat(Texts(template)).ToArray();
        var english = string.Join('\n', pairs.Select(pair => pair.English));
        dutch =
        [
            .. pairs
                .Where(pair => !string.Equals(pair.Dutch, pair.English, StringComparison.Ordinal))
                .SelectMany(pair => Holes().Split(pair.Dutch))
                .Select(Spaces)
                .Where(text => text.Length >= 5 && text.Any(char.IsLetter) && !Has(english, text))
                .Distinct(StringComparer.Ordinal),
        ];
        dutch.Count.ShouldBeGreaterThan(500);
    }

    /// <summary>The page says that it is English, and it is. Where words of other dialogues stand too, only whole phrases count.</summary>
    public async Task On(Visitor visitor, string where, bool amongOthers = false)
    {
        await Expect(visitor["html"]).ToHaveAttributeAsync("lang", "en");
        var said = Spaces(await visitor.Page.EvaluateAsync<string>(Visible));
        dutch.Where(text => (!amongOthers || text.Count(one => one == ' ') > 1) && Has(said, text)).ShouldBeEmpty(where);
    }

    private static bool Has(string said, string text)
    {
        for (var at = said.IndexOf(text, StringComparison.Ordinal); at >= 0; at = said.IndexOf(text, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsOfAWord(said[at - 1])) && (at + text.Length == said.Length || !IsOfAWord(said[at + text.Length])))
                return true;
        return false;

        static bool IsOfAWord(char one) => char.IsLetterOrDigit(one) || one == '-';
    }

    private static string Spaces(string text) => White().Replace(text, " ").Trim();

    private static IEnumerable<(string Dutch, string English)> Resources()
    {
        var sources = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(sources.FullName, "Dialogue.sln")))
            sources = sources.Parent!;
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(sources.FullName, "src", "Dialogue.Server"), "*.resx", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".en.resx", StringComparison.Ordinal))
        )
        {
            var english = Values(Path.ChangeExtension(file, ".en.resx")).ToDictionary(StringComparer.Ordinal);
            foreach (var (name, value) in Values(file))
                yield return (value, english.GetValueOrDefault(name, ""));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(string file) =>
        XDocument
            .Load(file)
            .Root!.Elements("data")
            .Select(data => KeyValuePair.Create(data.Attribute("name")!.Value, data.Element("value")!.Value));

    private static IEnumerable<(string Dutch, string English)> Texts(SessionTemplate template) =>
        new[] { template.Title, template.Purpose }
            .Concat(template.Rules)
            .Concat(template.Perspectives.Select(one => one.Name))
            .Concat(
                template.Phases.SelectMany(phase =>
                    (Text?[])
                        [
                            phase.Title,
                            phase.Prompt,
                            phase.Help,
                            phase.Script,
                            (phase.Settings as Dialogue.Activities.Reflect.ReflectSettings)?.OpenQuestion,
                            .. phase.Settings.Lists.SelectMany(list => list).Select(one => one.Name),
                        ]
                )
            )
            .OfType<Text>()
            .Select(text => (text.In("nl"), text.In("en")));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Holes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
