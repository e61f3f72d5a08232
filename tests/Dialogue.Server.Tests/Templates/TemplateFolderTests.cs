using NJsonSchema;

namespace Dialogue.Templates;

public sealed class TemplateFolderTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "session-templates");
    private readonly string folder = Directory.CreateTempSubdirectory("dialogue-templates-").FullName;

    public TemplateFolderTests() => File.Copy(Path.Combine(Shipped, "template.schema.json"), Path.Combine(folder, "template.schema.json"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_shipped_template_can_be_chosen()
    {
        var listing = new TemplateFolder(Shipped).Read();
        listing.Files.ShouldNotBeEmpty();
        listing.Files.SelectMany(file => file.Problems.Select(problem => $"{file.Name}:{problem.Line} {problem.Reason}")).ShouldBeEmpty();
        listing.Templates.Count.ShouldBe(listing.Files.Count);
    }

    [Theory]
    [InlineData("minutes: 5", "minutes: veel", "must be a whole number")]
    [InlineData("minutes: 5", "minutes: 500", "is more than 120")]
    [InlineData("activity: present", "activity: vergaderen", "must be one of: present")]
    [InlineData("version: 2\n", "", "'version' is missing")]
    [InlineData("version: 2\n", "version: 2\nkleur: rood\n", "'kleur' is not a known field")]
    [InlineData("version: 2\n", "version: 2\nversion: 3\n", "'version' is there twice")]
    [InlineData("key: kort-gesprek\n", "key: ander-gesprek\n", "must be the name of the file")]
    [InlineData("minPeople: 5", "minPeople: &aantal 5", "anchor")]
    [InlineData("minPeople: 5", "minPeople: *aantal", "alias")]
    [InlineData("minPeople: 5", "minPeople: !!int 5", "tag")]
    [InlineData("phases:\n", "phases: [\n", "not YAML")]
    public void A_mutated_template_is_listed_with_a_line_and_a_reason(string was, string becomes, string reason)
    {
        var text = File.ReadAllText(Path.Combine(Shipped, "kort-gesprek.yaml")).ReplaceLineEndings("\n");
        text.ShouldContain(was);
        var file = Read(
            text.Insert(text.IndexOf(was, StringComparison.Ordinal), "\0").Replace("\0" + was, becomes, StringComparison.Ordinal)
        );
        file.Valid.ShouldBeFalse();
        file.Problems.ShouldContain(
            problem => problem.Reason.Contains(reason, StringComparison.Ordinal) && problem.Line > 0,
            string.Join("; ", file.Problems)
        );
    }

    [Fact]
    public void A_problem_of_a_phase_names_the_line_of_that_phase()
    {
        var text = File.ReadAllText(Path.Combine(Shipped, "kort-gesprek.yaml")).ReplaceLineEndings("\n");
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains("minutes:", StringComparison.Ordinal));
        lines[at] = lines[at][..lines[at].IndexOf(':', StringComparison.Ordinal)] + ": 0";
        var problem = Read(string.Join('\n', lines)).Problems.ShouldHaveSingleItem();
        problem.Line.ShouldBe(at + 1);
    }

    [Fact]
    public void What_a_schema_cannot_see_is_found_too()
    {
        var file = Read(Small("activity: assess", "settings: { instrument: scale }"));
        file.Problems.ShouldContain(problem => problem.Reason.Contains("assess is blind", StringComparison.Ordinal) && problem.Line > 10);
    }

    [Fact]
    public void A_file_that_is_too_large_or_too_deep_is_refused()
    {
        Read("# " + new string('x', TemplateFolder.LargestFile)).Problems.ShouldHaveSingleItem().Reason.ShouldContain("256 kB");
        Read("key: " + new string('[', 200) + new string(']', 200)).Problems.ShouldHaveSingleItem().Reason.ShouldContain("levels deep");
    }

    [Fact]
    public void A_broken_file_does_not_touch_the_others_and_a_repaired_one_is_seen_at_once()
    {
        File.WriteAllText(Path.Combine(folder, "heel.yaml"), Small("activity: present", "", "heel"));
        File.WriteAllText(Path.Combine(folder, "stuk.yaml"), "key: stuk");
        var templates = new TemplateFolder(folder);
        templates.Find("heel").ShouldNotBeNull();
        templates.Find("stuk").ShouldBeNull();
        File.WriteAllText(Path.Combine(folder, "stuk.yaml"), Small("activity: present", "", "stuk"));
        templates.Find("stuk").ShouldNotBeNull();
    }

    [Fact]
    public void A_folder_that_is_not_there_stops_nothing() =>
        new TemplateFolder(Path.Combine(folder, "weg")).Read().Templates.ShouldBeEmpty();

    [Fact]
    public async Task Numbers_in_quotes_stay_words()
    {
        var schema = await JsonSchema.FromJsonAsync(
            await File.ReadAllTextAsync(Path.Combine(Shipped, "template.schema.json"), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        var file = TemplateFolder.Parse(
            "klein.yaml",
            Small("activity: present", "").Replace("nl: Welkom", "nl: \"2026\"", StringComparison.Ordinal),
            schema
        );
        file.Template.ShouldNotBeNull().Phases[0].Title.Nl.ShouldBe("2026");
    }

    [Fact]
    public async Task The_schema_knows_every_activity()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Shipped, "template.schema.json"), TestContext.Current.CancellationToken);
        schema
            .Definitions["phase"]
            .Properties["activity"]
            .Enumeration.Order()
            .ShouldBe(Activities.ActivityCatalogue.All.Select(activity => activity.Name).Order());
    }

    private TemplateFile Read(string text)
    {
        File.WriteAllText(Path.Combine(folder, "kort-gesprek.yaml"), text);
        return new TemplateFolder(folder).Read().Files.ShouldHaveSingleItem();
    }

    private static string Small(string activity, string settings, string key = "klein") =>
        $$"""
            key: {{key}}
            version: 1
            title: { nl: Klein }
            purpose: { nl: Proef }
            origin: { nl: Eigen }
            suggestedFor: other
            minPeople: 5
            maxPeople: 8
            perspectives:
              - { key: burger, name: { nl: Burger } }
            rules:
              - { nl: Eerst schrijven. }
            phases:
              - key: welkom
                {{activity}}
                title: { nl: Welkom }
                prompt: { nl: Wie bent u?, en: Who are you? }
                minutes: 5
                {{settings}}

            """;
}
