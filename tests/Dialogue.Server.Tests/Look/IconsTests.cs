using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dialogue.Architecture;

namespace Dialogue.Look;

/// <summary>A drawing that is not in the file is an empty square: nothing fails, and everybody sees it.</summary>
public sealed partial class IconsTests
{
    private static readonly string Server = Repository.PathOf("src", "Dialogue.Server");

    private static readonly HashSet<string> Drawn =
    [
        .. XDocument
            .Load(Path.Combine(Server, "wwwroot", "icons.svg"))
            .Root!.Elements()
            .Where(one => one.Name.LocalName == "symbol")
            .Select(one => one.Attribute("id")!.Value),
    ];

    [Fact]
    public void Every_drawing_that_the_markup_asks_for_is_there()
    {
        var asked = Directory
            .EnumerateFiles(Server, "*.razor", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Concat(StatePill.Shapes.Values)
            .ToHashSet(StringComparer.Ordinal);
        asked.Count.ShouldBeGreaterThan(20);
        asked.Except(Drawn).ShouldBeEmpty();
    }

    [Fact]
    public void A_drawing_has_a_name_of_its_own_and_one_size()
    {
        Drawn.Count.ShouldBeGreaterThan(60);
        XDocument
            .Load(Path.Combine(Server, "wwwroot", "icons.svg"))
            .Root!.Elements()
            .ShouldAllBe(one => one.Attribute("viewBox")!.Value == "0 0 20 20");
    }

    [Fact]
    public void The_check_sees_a_name_in_markup_and_in_code()
    {
        Asked().Matches("<Icon Name=\"chair\" /> <Badge Icon=\"risk\" />").Count.ShouldBe(2);
        Asked().Match("    NextStep.Plan => \"pencil\",").Groups["name"].Value.ShouldBe("pencil");
    }

    private const string Markup = """(?:\bIcon Name|\bIcon)="(?<name>[a-z][a-z-]*)["]""";
    private const string Steps = """NextStep\.\w+ => "(?<name>[a-z-]+)["]""";
    private const string Tabs = """new(?: Tab)?\("[^"]*", T\[[^;]*?, "(?<name>[a-z-]+)"\)""";

    [GeneratedRegex(Markup + "|" + Steps + "|" + Tabs, RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Asked();
}
