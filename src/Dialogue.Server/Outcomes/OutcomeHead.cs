using System.Text.Json;
using System.Text.Json.Serialization;
using Dialogue.Templates;

namespace Dialogue.Outcomes;

/// <summary>
/// The front of a report. Of those who took part only perspectives; of those who answer for it the words of the intake, without addresses.
/// </summary>
public sealed record OutcomeHead
{
    public string Language { get; init; } = "nl";
    public string CaseTitle { get; init; } = "";
    public string CaseStory { get; init; } = "";
    public string CaseDomain { get; init; } = "";
    public Text Template { get; init; } = new("");
    public int TemplateVersion { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public string? NoAgreementsBecause { get; init; }
    public string? OverrideReason { get; init; }
    public string Sponsor { get; init; } = "";
    public string StatusOfOutcome { get; init; } = "";
    public string FollowUpOwner { get; init; } = "";
    public string? Mandate { get; init; }
    public bool HierarchyPresent { get; init; }
    public IReadOnlyList<AffectedGroup> Affected { get; init; } = [];

    /// <summary>How many people with a voice took part: there when two phases began, or at the end.</summary>
    public int Voices { get; init; }

    /// <summary>Perspectives that were at the table.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>The words of all perspectives of the method, by key.</summary>
    public IReadOnlyDictionary<string, Text> Perspectives { get; init; } = new Dictionary<string, Text>(StringComparer.Ordinal);

    public string PerspectiveName(string key, string language) =>
        key == Dialogue.Perspectives.Participant ? Participant.In(language)
        : Perspectives.TryGetValue(key, out var name) ? name.In(language)
        : key;

    private static readonly Text Participant = new("deelnemer", "participant");
}

/// <summary>What a record knows beyond its words; each kind uses its own part.</summary>
public sealed record RecordDetail
{
    public Text? Phase { get; init; }
    public Text? Group { get; init; }
    public string? Certainty { get; init; }
    public string? Source { get; init; }
    public string? Persona { get; init; }

    /// <summary>Spoken, and noted by the guides.</summary>
    public bool? Captured { get; init; }

    /// <summary>Points that the room gave, where points were given.</summary>
    public int? Points { get; init; }

    public Text? Subject { get; init; }
    public string? Instrument { get; init; }
    public int? Answers { get; init; }
    public IReadOnlyList<int>? Counts { get; init; }
    public int? DontKnow { get; init; }
    public Text? LowLabel { get; init; }
    public Text? HighLabel { get; init; }

    public string? ValueA { get; init; }
    public string? ValueB { get; init; }

    /// <summary>decision: advice, decision or noDecision. agreement: the kind of agreement.</summary>
    public string? Sort { get; init; }
    public string? Rule { get; init; }
    public string? Reasons { get; init; }
    public string? Conditions { get; init; }
    public bool? MinorityAsked { get; init; }
    public string? RecheckWhen { get; init; }

    /// <summary>unnamed, perspective or named.</summary>
    public string? HolderKind { get; init; }
    public string? Holder { get; init; }
    public string? WouldChange { get; init; }
    public bool? Resolved { get; init; }

    public string? Owner { get; init; }
    public string? FirstStep { get; init; }
    public DateOnly? FirstStepDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? IfThen { get; init; }
    public string? EvidencePlan { get; init; }
    public string? Indicator { get; init; }
    public string? Verifier { get; init; }

    public string? BorneBy { get; init; }
    public string? AcceptedBy { get; init; }
    public string? Sign { get; init; }
    public DateOnly? Date { get; init; }
}

internal static class OutcomeJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json)
        where T : new() => JsonSerializer.Deserialize<T>(json, Options) ?? new T();
}
