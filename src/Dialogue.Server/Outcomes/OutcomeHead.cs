using System.Text.Json;
using System.Text.Json.Serialization;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
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

    /// <summary>Joined when the report is read (<see cref="OutcomePeople"/>); empty when nobody is named.</summary>
    public string Sponsor { get; init; } = "";
    public OutcomeStatus? StatusOfOutcome { get; init; }

    /// <summary>Joined, as <see cref="Sponsor"/>.</summary>
    public string FollowUpOwner { get; init; } = "";
    public string? Mandate { get; init; }
    public bool HierarchyPresent { get; init; }

    /// <summary>The note of a group that somebody speaks for is joined, as <see cref="Sponsor"/>.</summary>
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
    public Certainty? Certainty { get; init; }
    public string? Source { get; init; }
    public string? Persona { get; init; }

    /// <summary>Spoken, and noted by the guides.</summary>
    public bool? Captured { get; init; }

    /// <summary>Points that the room gave, where points were given.</summary>
    public int? Points { get; init; }

    public Text? Subject { get; init; }
    public AssessInstrument? Instrument { get; init; }
    public int? Answers { get; init; }
    public IReadOnlyList<int>? Counts { get; init; }
    public int? DontKnow { get; init; }
    public Text? LowLabel { get; init; }
    public Text? HighLabel { get; init; }

    public string? ValueA { get; init; }
    public string? ValueB { get; init; }

    /// <summary>decision: what it ended in.</summary>
    public ResultKind? Result { get; init; }

    /// <summary>agreement: what kind of thing was agreed.</summary>
    public AgreementKind? Sort { get; init; }

    /// <summary>decision: under which rule it was settled.</summary>
    public DecisionRule? Rule { get; init; }

    /// <summary>decision, settled by majority of hands: how many were counted.</summary>
    public Votes? Votes { get; init; }

    /// <summary>decision, settled by majority of positions: the position that more than half took.</summary>
    public Text? Choice { get; init; }

    /// <summary>decision: how many objections were open when it was settled.</summary>
    public int? OpenObjections { get; init; }

    /// <summary>wording: its number; 1 is what was settled.</summary>
    public int? WordingVersion { get; init; }
    public string? Reasons { get; init; }
    public string? Conditions { get; init; }
    public bool? MinorityAsked { get; init; }
    public string? RecheckWhen { get; init; }

    /// <summary>minorityView: under what it is kept.</summary>
    public HolderKind? HolderKind { get; init; }

    /// <summary>minorityView: key of the perspective, or the name, which is joined when the report is read.</summary>
    public string? Holder { get; init; }

    /// <summary>minorityView: the seat of a holder who wants to be named.</summary>
    public int? HolderSeat { get; init; }
    public string? WouldChange { get; init; }
    public ObjectionState? Objection { get; init; }

    /// <summary>agreement: joined when the report is read (<see cref="OutcomePeople"/>); null when nobody is named.</summary>
    public string? Owner { get; init; }
    public string? FirstStep { get; init; }
    public DateOnly? FirstStepDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? IfThen { get; init; }
    public string? EvidencePlan { get; init; }
    public string? Indicator { get; init; }

    /// <summary>agreement: joined, as <see cref="Owner"/>.</summary>
    public string? Verifier { get; init; }

    /// <summary>risk: joined, as <see cref="Owner"/>.</summary>
    public string? BorneBy { get; init; }

    /// <summary>risk: joined, as <see cref="Owner"/>.</summary>
    public string? AcceptedBy { get; init; }
    public string? Sign { get; init; }
    public DateOnly? Date { get; init; }
}

internal static class OutcomeJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json)
        where T : new() => JsonSerializer.Deserialize<T>(json, Options) ?? new T();
}
