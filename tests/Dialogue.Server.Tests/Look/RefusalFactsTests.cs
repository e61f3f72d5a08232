using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dialogue.Architecture;

namespace Dialogue.Look;

/// <summary>Row D5: the words of a refusal name numbers, and whoever refuses gives them under the same names.</summary>
[Trait("Finding", "D5")]
public sealed partial class RefusalFactsTests
{
    private static IEnumerable<string> Lacking(string source, IReadOnlyDictionary<string, string> words)
    {
        foreach (Match given in Given().Matches(source))
        {
            var code = given.Groups["code"].Value;
            var facts = Fact()
                .Matches(given.Groups["facts"].Value)
                .Select(fact => fact.Groups["name"].Value)
                .ToHashSet(StringComparer.Ordinal);
            foreach (Match place in Place().Matches(words.GetValueOrDefault(code, "")))
            {
                if (!facts.Contains(place.Groups["name"].Value))
                    yield return $"{code} says {place.Value} and is given {string.Join(", ", facts)}";
            }
        }
    }

    [Theory, InlineData("Refusals.resx"), InlineData("Refusals.en.resx")]
    public void Every_number_that_a_refusal_names_is_given_with_it(string file)
    {
        var words = XDocument
            .Load(Repository.PathOf("src", "Dialogue.Server", "Look", file))
            .Root!.Elements("data")
            .ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value, StringComparer.Ordinal);
        var sources = Directory
            .EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .Select(File.ReadAllText)
            .ToArray();
        sources.Sum(source => Given().Count(source)).ShouldBeGreaterThan(4);
        sources.SelectMany(source => Lacking(source, words)).ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_number_under_another_name() =>
        Lacking(
                "new(RefusalCode.X, new Dictionary<string, string>(StringComparer.Ordinal) { [\"low\"] = a, })",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["X"] = "Vanaf {min}." }
            )
            .ShouldHaveSingleItem();

    [GeneratedRegex(
        @"RefusalCode\.(?<code>\w+),\s*new Dictionary<string, string>\(StringComparer\.Ordinal\)\s*\{(?<facts>[^;]*?)\}\s*\)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Given();

    [GeneratedRegex(@"\[""(?<name>\w+)""\]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fact();

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Place();
}
