using System.Text.RegularExpressions;
using Dialogue.Architecture;

namespace Dialogue.Look;

public sealed partial class StylesTests
{
    /// <summary>A class without a rule is a button that looks like a bare link: nothing fails, and everybody sees it.</summary>
    [Fact]
    public void Every_component_class_in_the_markup_has_a_rule()
    {
        var used = Sources("*.razor")
            .SelectMany(text => Component().Matches(text))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal);
        var rules = string.Concat(Sources("*.css"));
        used.Count.ShouldBeGreaterThan(30);
        used.Where(name => !rules.Contains('.' + name, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources(string pattern) =>
        Directory
            .EnumerateFiles(Repository.PathOf("src", "Dialogue.Server"), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .Select(File.ReadAllText);

    [GeneratedRegex("utrecht-[a-z0-9_-]*[a-z0-9]", RegexOptions.None, 1_000)]
    private static partial Regex Component();
}
