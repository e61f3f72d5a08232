using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dialogue.Rehearsal;

/// <summary>
/// What came of a rehearsal, in numbers. Good is: nothing lost, nothing twice, nothing out of order, nobody saw what was not theirs.
/// </summary>
public sealed record RehearsalReport
{
    public static JsonSerializerOptions Json { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    public string Dialogue { get; init; } = "";
    public string Template { get; init; } = "";
    public int Participants { get; init; }
    public int Seed { get; init; }
    public int PhasesPlayed { get; init; }
    public int CommandsSent { get; init; }
    public int CommandsAccepted { get; init; }
    public IReadOnlyDictionary<string, int> RefusedByCode { get; init; } = new Dictionary<string, int>();
    public int SentAgain { get; init; }
    public int Contributions { get; init; }
    public int Reconnects { get; init; }
    public int ConnectionsDropped { get; init; }
    public int GapsHealed { get; init; }
    public int LastNumber { get; init; }
    public IReadOnlyList<int> EventsPerParticipant { get; init; } = [];
    public int Lost { get; init; }
    public int Duplicated { get; init; }
    public int OutOfOrder { get; init; }
    public int SeenByTheWrongPerson { get; init; }
    public Percentiles SubmitToEveryoneMs { get; init; } = Percentiles.Of([]);
    public Percentiles AnswerMs { get; init; } = Percentiles.Of([]);
    public Percentiles JoinedToReadyMs { get; init; } = Percentiles.Of([]);
    public long DurationMs { get; init; }

    /// <summary>The first things that were wrong, in words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Why the rehearsal did not reach its end.</summary>
    public string? EndedBecause { get; init; }

    public bool Ok => Lost == 0 && Duplicated == 0 && OutOfOrder == 0 && SeenByTheWrongPerson == 0 && EndedBecause is null;
}

public sealed record Percentiles(int Count, double P50, double P95, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        double At(double part) =>
            sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)], 1);
        return new Percentiles(sorted.Length, At(0.5), At(0.95), At(0.99), At(1));
    }
}
