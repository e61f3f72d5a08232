using System.Text.RegularExpressions;

namespace Dialogue.Architecture;

/// <summary>
/// Lines of at most 140 characters in what people write: C#, Razor, scripts and styles. The formatter wraps C#, but not a long string, and
/// it does not read the rest. Only text inside a raw string literal may be longer: a line break there would change the text.
/// </summary>
public sealed partial class LinesTests
{
    private const int Longest = 140;
    private static readonly string[] Endings = [".cs", ".razor", ".js", ".css"];

    /// <summary>Made by a tool, or by somebody else.</summary>
    private static readonly string[] NotOurs = ["/obj/", "/bin/", "/Migrations/", "/wwwroot/lib/"];

    private static IEnumerable<string> Files() =>
        from folder in (string[])["src", "tests"]
        from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)
        where Endings.Contains(Path.GetExtension(file)) && !NotOurs.Any(part => file.Contains(part, StringComparison.Ordinal))
        select file;

    private static IEnumerable<int> TooLong(string name, IEnumerable<string> lines)
    {
        var raw = false;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var quotes = name.EndsWith(".cs", StringComparison.Ordinal) ? RawQuote().Count(line) : 0;
            if (line.Length > Longest && !raw && quotes == 0)
                yield return number;
            raw ^= quotes % 2 == 1;
        }
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var files = Files().ToList();
        files.Count.ShouldBeGreaterThan(300);
        files.Select(Path.GetExtension).Distinct().Count().ShouldBe(Endings.Length);
        files
            .SelectMany(file => TooLong(file, File.ReadLines(file)).Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line}"))
            .ShouldBeEmpty();
    }

    [Theory, InlineData(".cs"), InlineData(".razor"), InlineData(".js"), InlineData(".css")]
    public void The_check_sees_a_line_that_is_planted(string ending) =>
        TooLong("Planted" + ending, ["short", new string('x', Longest), new string('x', Longest + 1)]).ShouldBe([3]);

    [Fact]
    public void Only_the_inside_of_a_raw_string_may_be_longer()
    {
        var longer = new string('x', Longest + 1);
        TooLong("a.cs", ["var a = \"\"\"", longer, "\"\"\";", longer]).ShouldBe([4]);
        TooLong("a.js", ["\"\"\"", longer]).ShouldBe([2]);
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuote();
}
