using System.Text.Json;
using System.Text.Json.Serialization;
using Dialogue.Activities;

namespace Dialogue.Templates;

/// <summary>
/// Reads the settings of a phase as those of its activity. A phase of an activity that this program does not know keeps no settings and is
/// left out of a dialogue; a setting that the activity does not have is refused where the options refuse what they do not know.
/// </summary>
internal sealed class PhaseTemplateConverter : JsonConverter<PhaseTemplate>
{
    public override PhaseTemplate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var plain = JsonSerializer.Deserialize<Plain>(ref reader, options) ?? throw new JsonException();
        return new PhaseTemplate
        {
            Key = plain.Key,
            Activity = plain.Activity,
            Title = plain.Title,
            Prompt = plain.Prompt,
            Help = plain.Help,
            Script = plain.Script,
            Minutes = plain.Minutes,
            Attribution = plain.Attribution,
            Reveal = plain.Reveal,
            Settings = Settings(plain, options),
        };
    }

    public override void Write(Utf8JsonWriter writer, PhaseTemplate value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new Plain
            {
                Key = value.Key,
                Activity = value.Activity,
                Title = value.Title,
                Prompt = value.Prompt,
                Help = value.Help,
                Script = value.Script,
                Minutes = value.Minutes,
                Attribution = value.Attribution,
                Reveal = value.Reveal,
                Settings = JsonSerializer.SerializeToElement(value.Settings, value.Settings.GetType(), options),
            },
            options
        );

    private static PhaseSettings Settings(Plain plain, JsonSerializerOptions options)
    {
        if (ActivityCatalogue.Find(plain.Activity) is not { } activity)
            return NoSettings.Instance;
        if (plain.Settings is not { } given)
            return activity.NoSettings;
        try
        {
            return (PhaseSettings)(given.Deserialize(activity.NoSettings.GetType(), options) ?? throw new JsonException());
        }
        catch (JsonException e)
        {
            throw new JsonException($"phase '{plain.Key}': {activity.Name} does not have this setting", e.Path, null, null, e);
        }
    }

    /// <summary>A phase as JSON: the settings are read when the activity is known.</summary>
    private sealed record Plain
    {
        public required string Key { get; init; }
        public required string Activity { get; init; }
        public required Text Title { get; init; }
        public required Text Prompt { get; init; }
        public Text? Help { get; init; }
        public Text? Script { get; init; }
        public int Minutes { get; init; } = 10;
        public Attribution Attribution { get; init; } = Attribution.Perspective;
        public Reveal Reveal { get; init; } = Reveal.Live;
        public JsonElement? Settings { get; init; }
    }
}
