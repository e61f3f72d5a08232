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
    public PhaseSettings Settings { get; init; } = new();

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

/// <summary>
/// The settings of all activities; each activity reads its own and refuses, at load, what it does not know or needs.
/// </summary>
public sealed record PhaseSettings
{
    /// <summary>
    /// contribute, talk: what may be brought in or noted (fact, question, stakeholder, effect, value, argument, option, example, signal,
    /// lesson, evidence).
    /// </summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>contribute: compartments that each item must choose from, such as may, can, want.</summary>
    public IReadOnlyList<Choice> Buckets { get; init; } = [];

    /// <summary>contribute: deal the persona cards of the dialogue, one to a seat.</summary>
    public bool Personas { get; init; }

    /// <summary>present: show the story of the case and the facts, and let guides note facts.</summary>
    public bool ShowCase { get; init; }

    /// <summary>talk: <c>free</c> (hands) or <c>round</c> (everybody once, and hands besides).</summary>
    public string? TurnMode { get; init; }

    /// <summary>talk: how long a turn may take, as advice; nothing counts.</summary>
    public int? SecondsPerTurn { get; init; }

    /// <summary>talk with a round: whoever is higher in rank, and the decision maker, come last.</summary>
    public bool? HighestRankLast { get; init; }

    /// <summary>organise: <c>columns</c> or <c>values</c>.</summary>
    public string? Layout { get; init; }

    /// <summary>organise: the columns.</summary>
    public IReadOnlyList<Choice> Columns { get; init; } = [];

    /// <summary>
    /// talk, organise, assess, decide, commit: keys of earlier phases whose items are worked on; empty means all (talk: none).
    /// </summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>assess: the subjects, when they are not items.</summary>
    public IReadOnlyList<Choice> Subjects { get; init; } = [];

    /// <summary>assess: <c>scale</c> (1..Steps on each subject) or <c>dots</c> (Points over items).</summary>
    public string? Instrument { get; init; }
    public int Steps { get; init; } = 5;
    public int Points { get; init; } = 3;
    public Text? LowLabel { get; init; }
    public Text? HighLabel { get; init; }

    /// <summary>decide: what one may stand for.</summary>
    public IReadOnlyList<Choice> Positions { get; init; } = [];

    /// <summary>decide: consent, majority, mandate or advice.</summary>
    public string? Rule { get; init; }

    /// <summary>commit: how many agreements are wise; a number above it warns and never forbids.</summary>
    public int AdviceMaximum { get; init; } = 5;

    /// <summary>reflect: scale questions of 1 to 5.</summary>
    public IReadOnlyList<Choice> Questions { get; init; } = [];

    /// <summary>reflect: an open question at the end.</summary>
    public Text? OpenQuestion { get; init; }
}

/// <summary>One of several, by key, with its words.</summary>
public sealed record Choice(string Key, Text Name);
