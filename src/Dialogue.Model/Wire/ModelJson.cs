using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dialogue.Activities;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Talk;
using Dialogue.Anonymous;

namespace Dialogue.Wire;

/// <summary>
/// The one way in which the model becomes JSON, for the log, the hub and the tests. Types are named by the catalogue (<c>$type</c>), never
/// by their class; ids are bare values.
/// </summary>
public static class ModelJson
{
    /// <summary>Choices that templates and forms know too: they have one spelling everywhere (<see cref="Choices"/>).</summary>
    private static readonly Type[] Written =
    [
        typeof(ItemKind),
        typeof(Certainty),
        typeof(OutcomeStatus),
        typeof(Chair),
        typeof(AgreementKind),
        typeof(ValueDirection),
        typeof(DecisionRule),
        typeof(ResultKind),
        typeof(ObjectionState),
        typeof(HolderKind),
        typeof(TurnMode),
        typeof(OrganiseLayout),
        typeof(AssessInstrument),
    ];

    /// <summary>For what comes in from outside: an unknown property is refused.</summary>
    public static JsonSerializerOptions Strict { get; } =
        Make(options => options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);

    /// <summary>For the log and for clients: a property of a newer version is passed over.</summary>
    public static JsonSerializerOptions Lenient { get; } = Make(static _ => { });

    /// <summary>Puts the conventions of the model into somebody else's options, as the hub's protocol has its own.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Polymorphic, MayBeLeftOut } };
        foreach (var choice in Written)
            options.Converters.Add((JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(choice))!);
        options.Converters.Add(new JsonStringEnumConverter<Role>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new IdConverter<DialogueId>(text => new(Guid.Parse(text)), id => id.ToString()));
        options.Converters.Add(new IdConverter<CaseId>(text => new(Guid.Parse(text)), id => id.ToString()));
        options.Converters.Add(new IdConverter<CommandId>(text => new(Guid.Parse(text)), id => id.ToString()));
        options.Converters.Add(new IdConverter<PhaseId>(text => new(text), id => id.Value));
        options.Converters.Add(new IdConverter<Ticket>(text => new(text), id => id.Value));
        options.Converters.Add(new NumberConverter<SeatId>(number => new(number), id => id.Value));
        options.Converters.Add(new NumberConverter<ItemId>(number => new(number), id => id.Value));
        options.Converters.Add(new ChangeConverter());
    }

    private sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
        where T : struct, Enum;

    /// <summary>A choice as it is written in JSON.</summary>
    public static string Word<T>(T choice)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(choice.ToString());

    public static string NameOf(DialogueEvent happened) => ActivityCatalogue.Events[happened.GetType()].Name;

    private static JsonSerializerOptions Make(Action<JsonSerializerOptions> more)
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        more(options);
        options.MakeReadOnly();
        return options;
    }

    private static void Polymorphic(JsonTypeInfo info)
    {
        if (info.Type == typeof(DialogueEvent))
            Name(info, ActivityCatalogue.Events.Values.Select(entry => (entry.Type, entry.Name)));
        else if (info.Type == typeof(DialogueCommand))
            Name(info, ActivityCatalogue.Commands.Values.Select(entry => (entry.Type, entry.Name)));
        else if (info.Type == typeof(SealedEntry))
            Name(info, ActivityCatalogue.SealedEntries.Select(entry => (entry.Key, entry.Value)));
        else if (info.Type == typeof(Answer))
            Name(info, [(typeof(Answer.Accepted), "accepted"), (typeof(Answer.Refused), "refused")]);
    }

    /// <summary>What may be null is not written when it is null, so it need not be there when it is read.</summary>
    private static void MayBeLeftOut(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
            if (
                property.AssociatedParameter is { } parameter
                && (parameter.IsNullable || Nullable.GetUnderlyingType(parameter.ParameterType) is not null)
            )
                property.IsRequired = false;
    }

    private static void Name(JsonTypeInfo info, IEnumerable<(Type Type, string Name)> names)
    {
        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (type, name) in names)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
    }

    private sealed class IdConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException();
            try
            {
                return read(reader.GetString()!);
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class NumberConverter<T>(Func<int, T> read, Func<T, int> write) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? read(number) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(write(value));
    }

    /// <summary>The same fragment goes to everybody in a room, and to its author once more with what is only theirs.</summary>
    private sealed class ChangeConverter : JsonConverter<Change>
    {
        private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public override Change Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var read = JsonDocument.ParseValue(ref reader);
            string? Of(string name) => read.RootElement.TryGetProperty(name, out var found) ? found.GetString() : null;
            return new Change(Of("do") ?? throw new JsonException(), Of("target") ?? throw new JsonException(), Of("html"), Of("into"));
        }

        public override void Write(Utf8JsonWriter writer, Change value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json ??= Encode(value), skipInputValidation: true);

        private static byte[] Encode(Change change)
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(bytes, Relaxed))
            {
                writer.WriteStartObject();
                writer.WriteString("do"u8, change.Do);
                writer.WriteString("target"u8, change.Target);
                if (change.Html is { } html)
                    writer.WriteString("html"u8, html);
                if (change.Into is { } into)
                    writer.WriteString("into"u8, into);
                writer.WriteEndObject();
            }
            return bytes.WrittenSpan.ToArray();
        }
    }
}
