using System.Text.Json;
using System.Text.Json.Nodes;
using Dialogue.Activities;
using Dialogue.Anonymous;

namespace Dialogue.Wire;

public class StoredTests
{
    private static readonly JsonSerializerOptions Indented = new(ModelJson.Lenient) { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public void Every_event_has_an_example() =>
        ActivityCatalogue
            .Events.Keys.Except(Examples.Events.Select(example => example.GetType()))
            .Select(type => type.Name)
            .ShouldBeEmpty("add it to Examples.Events");

    public static TheoryData<string> Names => [.. ActivityCatalogue.Events.Values.Select(entry => entry.Name)];

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_stored_as_it_always_was(string name)
    {
        var example = Examples.Events.Single(one => ModelJson.NameOf(one) == name);
        Golden.Check($"Stored/{name.Replace('/', '.')}.json", JsonSerializer.Serialize(example, Indented) + "\n");
    }

    [Fact]
    public void Every_version_that_was_ever_stored_is_still_read_and_loses_nothing()
    {
        var files = Golden.Files("Stored").ToArray();
        files.Length.ShouldBeGreaterThanOrEqualTo(ActivityCatalogue.Events.Count);
        foreach (var file in files)
        {
            var stored = File.ReadAllText(file);
            var read = JsonSerializer.Deserialize<DialogueEvent>(stored, ModelJson.Strict);
            JsonNode
                .DeepEquals(JsonNode.Parse(stored), JsonSerializer.SerializeToNode(read, ModelJson.Strict))
                .ShouldBeTrue(Path.GetFileName(file));
        }
    }

    [Fact]
    public void What_may_be_absent_is_absent_and_reads_back()
    {
        DialogueEvent[] bare =
        [
            new PhaseStarted(new("fase"), null, Scenes.Now),
            new LobbyOpened(null, Scenes.Now),
            new DialogueClosed(Scenes.Now, null),
            new ItemSpotlit(null),
            new IntakeRecorded(new IntakeTerms { Affected = [new("Burgers", Chair.Invited, null)] }),
            new ItemsRevealed(new("fase"), [new(new(1), new("fase"), ItemKind.Effect, "x")]),
            new Activities.Decide.PositionTaken(new("fase"), new(4), new("door", "x", null, null)),
            new Activities.Organise.ItemPlaced(new("fase"), new(1), null),
        ];
        foreach (var happened in bare)
        {
            var json = JsonSerializer.Serialize(happened, ModelJson.Lenient);
            json.ShouldNotContain("null");
            JsonSerializer.Serialize(JsonSerializer.Deserialize<DialogueEvent>(json, ModelJson.Strict), ModelJson.Lenient).ShouldBe(json);
        }
    }

    [Fact]
    public void A_stored_event_tells_its_name_and_never_its_class()
    {
        foreach (var (type, entry) in ActivityCatalogue.Events)
        {
            entry.Name.ShouldMatch("^[a-z]+/[a-z-]+\\.v[0-9]+$");
            JsonSerializer
                .Serialize(Examples.Events.Single(one => one.GetType() == type), ModelJson.Lenient)
                .ShouldStartWith($"{{\"$type\":\"{entry.Name}\"");
        }
    }

    [Fact]
    public void Names_are_used_once()
    {
        ActivityCatalogue.Events.Values.Select(entry => entry.Name).ShouldBeUnique();
        ActivityCatalogue.Commands.Values.Select(entry => entry.Name).ShouldBeUnique();
        ActivityCatalogue.SealedEntries.Values.ShouldBeUnique();
        ActivityCatalogue.All.Select(activity => activity.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_command_goes_there_and_back()
    {
        ActivityCatalogue
            .Commands.Keys.Except(Examples.Commands.Select(command => command.GetType()))
            .Select(type => type.Name)
            .ShouldBeEmpty("add it to Examples.Commands");
        foreach (var command in Examples.Commands)
        {
            var json = JsonSerializer.Serialize(command, ModelJson.Strict);
            var back = JsonSerializer.Deserialize<DialogueCommand>(json, ModelJson.Strict)!;
            back.ShouldBeOfType(command.GetType());
            JsonSerializer.Serialize(back, ModelJson.Strict).ShouldBe(json);
        }
    }

    [Fact]
    public void A_property_that_a_command_does_not_have_is_refused_from_outside_and_passed_over_in_the_log()
    {
        foreach (var command in Examples.Commands)
        {
            var json = JsonSerializer.SerializeToNode(command, ModelJson.Strict)!;
            json["seatOfSomebodyElse"] = 7;
            Should.Throw<JsonException>(() => json.Deserialize<DialogueCommand>(ModelJson.Strict), command.GetType().Name);
        }
        var stored = JsonSerializer.SerializeToNode(Examples.Events[0], ModelJson.Lenient)!;
        stored["laterProperty"] = "x";
        stored.Deserialize<DialogueEvent>(ModelJson.Lenient).ShouldBeOfType<DialoguePrepared>();
    }

    [Theory]
    [InlineData("""{"$type":"dialogue/raise-hand"}""")]
    [InlineData("""{"$type":"dialogue/raise-hand","up":"ja"}""")]
    [InlineData("""{"$type":"dialogue/raise-hand","up":null}""")]
    [InlineData("""{"$type":"dialogue/nothing-like-it"}""")]
    [InlineData("""{"up":true}""")]
    [InlineData("""{"$type":"dialogue/rename-seat","name":null}""")]
    [InlineData("""{"$type":"dialogue/give-role","seat":"4","role":"participant"}""")]
    [InlineData("""{"$type":"dialogue/give-role","seat":4,"role":128}""")]
    [InlineData("""{"$type":"dialogue/give-role","seat":4,"role":"boss"}""")]
    [InlineData("""{"$type":"dialogue/close-round","phase":null}""")]
    [InlineData("""{"$type":"item/revealed.v1","phase":"x","items":[]}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_no_command_is_not_read_as_one(string json)
    {
        DialogueCommand? read = null;
        try
        {
            read = JsonSerializer.Deserialize<DialogueCommand>(json, ModelJson.Strict);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return;
        }
        read.ShouldBeNull();
    }

    [Fact]
    public void A_sealed_entry_and_an_answer_go_there_and_back()
    {
        SealedEntry item = new SealedItem(ItemKind.Argument, "En toch", "wil");
        JsonSerializer.Deserialize<SealedEntry>(JsonSerializer.Serialize(item, ModelJson.Strict), ModelJson.Strict).ShouldBe(item);
        Answer refused = new Answer.Refused(RefusalCode.TextTooLong, new Dictionary<string, string> { ["limit"] = "4000" });
        JsonSerializer
            .Serialize(refused, ModelJson.Lenient)
            .ShouldBe("""{"$type":"refused","code":"text-too-long","facts":{"limit":"4000"}}""");
        JsonSerializer.Serialize<Answer>(new Answer.Accepted(12), ModelJson.Lenient).ShouldBe("""{"$type":"accepted","through":12}""");
    }

    [Fact]
    public void A_batch_goes_there_and_back()
    {
        var batch = new Batch(3, 5, More: true, 1_770_000_000_000, Events: [new(4, Examples.Events[0]), new(5, Examples.Events[1])]);
        var json = JsonSerializer.Serialize(batch, ModelJson.Lenient);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Batch>(json, ModelJson.Lenient), ModelJson.Lenient).ShouldBe(json);
    }
}
