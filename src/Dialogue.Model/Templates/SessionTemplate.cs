using System.Text.Json.Serialization;

namespace Dialogue.Templates;

/// <summary>A text in the two languages of the product. Dutch is the source; English falls back to it.</summary>
public sealed record Text(string Nl, string? En = null)
{
    public string In(string language) => string.Equals(language, "en", StringComparison.Ordinal) && !string.IsNullOrEmpty(En) ? En : Nl;
}

/// <summary>
/// A method, as one file of <c>session-templates/</c> says it. It is copied whole into a dialogue when that is prepared:
/// editing a file never changes what was held.
/// </summary>
public sealed record SessionTemplate
{
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required Text Title { get; init; }
    public required Text Purpose { get; init; }

    /// <summary>Where the method comes from, in one line, with its licence or terms.</summary>
    public Text? Origin { get; init; }

    /// <summary>The government domain for which the method is suggested: iOverheid, aiOverheid, both, other.</summary>
    public string? SuggestedFor { get; init; }
    public int MinPeople { get; init; } = 3;
    public int MaxPeople { get; init; } = 16;
    public IReadOnlyList<Perspective> Perspectives { get; init; } = [];
    public IReadOnlyList<Text> Rules { get; init; } = [];
    public required IReadOnlyList<PhaseTemplate> Phases { get; init; }

    [JsonIgnore]
    public int Minutes => Phases.Sum(phase => phase.Minutes);

    /// <summary>What only facilitators read, by the key of the phase.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Text> Scripts =>
        Phases.Where(phase => phase.Script is not null).ToDictionary(phase => phase.Key, phase => phase.Script!, StringComparer.Ordinal);

    /// <summary>The template as everybody may see it: without what only facilitators read.</summary>
    public SessionTemplate WithoutScripts() => this with { Phases = [.. Phases.Select(phase => phase with { Script = null })] };

    public SessionTemplate WithScripts(IReadOnlyDictionary<string, Text> scripts) =>
        this with
        {
            Phases = [.. Phases.Select(phase => phase.WithScript(scripts))],
        };
}

/// <summary>A point of view that may be at the table, shown with words instead of a person.</summary>
public sealed record Perspective(string Key, Text Name);

/// <summary>A fictional person on a card: what is registered, and what is true but registered nowhere.</summary>
public sealed record Persona(string Key, string Name, string Registered, string NotRegistered);

/// <summary>One phase of a template: an activity with its words, its minutes and its settings.</summary>
[JsonConverter(typeof(PhaseTemplateConverter))]
public sealed record PhaseTemplate
{
    public required string Key { get; init; }

    /// <summary>
    /// The name of an activity of <see cref="Activities.ActivityCatalogue"/>: present, contribute, talk, organise, assess, decide, commit,
    /// reflect, break.
    /// </summary>
    public required string Activity { get; init; }
    public required Text Title { get; init; }
    public required Text Prompt { get; init; }

    /// <summary>More about the method, for everybody, behind a question mark.</summary>
    public Text? Help { get; init; }

    /// <summary>What the facilitator says and does; nobody else sees it.</summary>
    public Text? Script { get; init; }

    /// <summary>Planned minutes. The clock warns; it never takes anything away.</summary>
    public int Minutes { get; init; } = 10;
    public Attribution Attribution { get; init; } = Attribution.Perspective;
    public Reveal Reveal { get; init; } = Reveal.Live;

    /// <summary>The settings of its activity; a record in the folder of that activity.</summary>
    public PhaseSettings Settings { get; init; } = NoSettings.Instance;

    /// <summary>The settings as those of one activity; what a template does not set is as that activity has it.</summary>
    public T Set<T>()
        where T : PhaseSettings, new() => Settings as T ?? new T();

    public PhaseTemplate WithScript(IReadOnlyDictionary<string, Text> scripts) =>
        this with
        {
            Script = scripts.TryGetValue(Key, out var script) ? script : null,
        };
}

/// <summary>Whose words they are, as far as others can see. Nobody can ever raise it afterwards.</summary>
public enum Attribution
{
    Anonymous,
    Perspective,
    Named,
}

/// <summary>When others see what was brought in.</summary>
public enum Reveal
{
    Live,
    OnClose,
}

/// <summary>One of several, by key, with its words.</summary>
public sealed record Choice(string Key, Text Name);
