using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Dialogue.Activities;
using Dialogue.FollowUp;

namespace Dialogue.Wire;

/// <summary>
/// The lists in <c>docs/protocol.md</c> are made from the catalogue and from what is really serialized, between two marks.
/// </summary>
public class ProtocolTests
{
    private const string Begin = "<!-- lists: made by ProtocolTests, UPDATE_GOLDEN=1 rewrites them -->",
        End = "<!-- end of lists -->";
    private static readonly JsonSerializerOptions Readable = new(ModelJson.Lenient)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Protocol_document_lists_everything()
    {
        var path = Path.GetFullPath(Path.Combine(Golden.Folder, "../../docs/protocol.md"));
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int from = text.IndexOf(Begin, StringComparison.Ordinal),
            to = text.IndexOf(End, StringComparison.Ordinal);
        (from > 0 && to > from).ShouldBeTrue("docs/protocol.md has lost the marks around its lists");
        var made = text[..(from + Begin.Length)] + "\n\n" + Lists() + text[to..];
        if (Golden.Updating)
            File.WriteAllText(path, made);
        else
            text.ShouldBe(made, "docs/protocol.md no longer says what is so: run once with UPDATE_GOLDEN=1");
    }

    private static string Lists()
    {
        var lists = new StringBuilder();
        void Say(string line = "") => lists.Append(line).Append('\n');

        Say("### Commands");
        Say();
        Say("| Command | Roles | Stages |");
        Say("|---|---|---|");
        foreach (var entry in ActivityCatalogue.Commands.Values)
            Say(
                $"| `{entry.Name}` | {Kebab(entry.Roles)} | "
                    + $"{(entry.Stages == Stage.None ? "(before anything is there)" : Kebab(entry.Stages))} |"
            );
        Say();
        Say("```json");
        foreach (var entry in ActivityCatalogue.Commands.Values)
            Say(JsonSerializer.Serialize(Examples.Of(entry.Type), Readable));
        Say("```");
        Say();
        Say("### Entries of a sealed box");
        Say();
        Say("```json");
        Say(
            JsonSerializer.Serialize<Anonymous.SealedEntry>(
                new Anonymous.SealedItem(ItemKind.Argument, "En toch wringt het.", "wil"),
                Readable
            )
        );
        Say(
            JsonSerializer.Serialize<Anonymous.SealedEntry>(
                new Anonymous.SealedReflection(new Dictionary<string, int> { ["safe"] = 4 }, "Fijn dat stil schrijven eerst kwam."),
                Readable
            )
        );
        Say("```");
        Say();
        Say("### Events");
        Say();
        Say("| Event | For whom |");
        Say("|---|---|");
        foreach (var entry in ActivityCatalogue.Events.Values)
            Say($"| `{entry.Name}` | {For(Example(entry))} |");
        Say();
        Say("```json");
        foreach (var entry in ActivityCatalogue.Events.Values)
            Say(JsonSerializer.Serialize(Example(entry), Readable));
        Say("```");
        Say();
        Say("### Steps of an agreed action");
        Say();
        Say("Property `type`; the others in camelCase, `?` when it may be left out.");
        Say();
        Say("| Step | Properties |");
        Say("|---|---|");
        foreach (var kind in Enum.GetValues<ActionStepKind>())
        {
            var type = typeof(ActionStep).GetNestedType(kind.ToString())!;
            Say(
                $"| `{JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())}` | "
                    + $"{string.Join(", ", type.GetConstructors()
                        .MaxBy(one => one.GetParameters().Length)!
                        .GetParameters().Select(Described))} |"
            );
        }
        Say();
        Say("### Refusals");
        Say();
        Say("| Code | Meaning |");
        Say("|---|---|");
        var words = XDocument
            .Load(Path.Combine(Golden.Folder, "../../src/Dialogue.Server/Look/Refusals.en.resx"))
            .Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
        foreach (var code in Enum.GetValues<RefusalCode>())
            Say($"| `{JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString())}` | {words[code.ToString()]} |");
        Say();
        return lists.ToString();
    }

    private static DialogueEvent Example(EventEntry entry) => Examples.Events.First(example => example.GetType() == entry.Type);

    private static string For(DialogueEvent happened)
    {
        var audience = happened.Audience;
        return (audience.Roles, audience.Seat) switch
        {
            (Role.Everyone, _) => "everybody",
            (Role.None, not null) => "its own seat",
            (_, not null) => "guides, the organiser and its own seat",
            _ => Kebab(audience.Roles),
        };
    }

    private static string Kebab<T>(T flags)
        where T : struct, Enum => JsonSerializer.Serialize(flags, ModelJson.Lenient).Trim('"');

    private static string Described(System.Reflection.ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var words =
            type.IsEnum ? $" ({string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))})"
            : type == typeof(DateOnly) ? " (date)"
            : type == typeof(ActionPerson) ? " (`{name, email?}`)"
            : type == typeof(IReadOnlyList<Evidence>)
                ? $" (list of `{{kind, text, reference?}}`; kind: "
                    + $"{string.Join(", ", Enum.GetNames<EvidenceKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))})"
            : "";
        return $"`{JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)}{(parameter.HasDefaultValue ? "?" : "")}`{words}";
    }
}
