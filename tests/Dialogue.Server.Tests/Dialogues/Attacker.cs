using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Storage;
using Microsoft.Data.Sqlite;

namespace Dialogue.Dialogues;

/// <summary>One anonymous phase as it went.</summary>
/// <param name="Authors">The truth that the attacker is after: how a text begins, and whose it is. Only used to count.</param>
/// <param name="Lengths">How long each text is, which everybody can count once it is shown.</param>
/// <param name="Deeds">What the attacker may know: the seats in the order of what they did under their own name.</param>
/// <param name="Draws">The seats in the order in which they fetched their tickets, as a log of requests could tell.</param>
internal sealed record Sitting(
    DialogueId Dialogue,
    IReadOnlyDictionary<string, int> Authors,
    IReadOnlyDictionary<string, int> Lengths,
    IReadOnlyList<int> Deeds,
    IReadOnlyList<int> Draws
);

/// <summary>A row as it lies in its table, with everything in it that can be read, JSON included.</summary>
internal sealed record Lying(string Table, int Place, IReadOnlyDictionary<string, object> Values);

/// <summary>
/// What the administrator of the database holds at one moment: the bytes on the disk, every table in physical order, and the log.
/// </summary>
internal sealed record Loot(byte[] File, byte[] Ahead, IReadOnlyList<Lying> Rows, string Log)
{
    /// <summary>The write-ahead log, whole: what a checkpoint left behind lies in it too.</summary>
    public static byte[] Bytes(string path)
    {
        if (!System.IO.File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public static Loot Of(string path, DialogueId dialogue, IEnumerable<string>? log = null)
    {
        var (file, ahead) = (Bytes(path), Bytes(path + "-wal"));
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(StorageSetup.SqliteConnectionString(path)) { Pooling = false }.ToString()
        );
        connection.Open();
        return new Loot(
            file,
            ahead,
            [
                .. Tables(connection)
                    .SelectMany(sql =>
                        Read(connection, sql.Sql, ("$dialogue", dialogue.Value)).Select((row, place) => new Lying(sql.Table, place, row))
                    ),
            ],
            string.Join('\n', log ?? [])
        );
    }

    /// <summary>Every table there is, whoever made it, as it lies: by its hidden number, or by its key when it has none.</summary>
    private static List<(string Table, string Sql)> Tables(SqliteConnection connection) =>
        [
            .. Read(
                    connection,
                    "SELECT name, sql, EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = 'DialogueId') AS ours "
                        + "FROM sqlite_master AS t WHERE type = 'table'"
                )
                .Select(table =>
                    (
                        (string)table["name"],
                        "SELECT "
                            + (((string)table["sql"]).Contains("WITHOUT ROWID", StringComparison.Ordinal) ? "" : "rowid AS \"#\", ")
                            + $"* FROM \"{table["name"]}\" NOT INDEXED{(table["ours"] is 1L ? " WHERE DialogueId = $dialogue" : "")}"
                    )
                ),
        ];

    private static IEnumerable<Dictionary<string, object>> Read(
        SqliteConnection connection,
        string sql,
        params (string Name, object Value)[] parameters
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue);
    }
}

/// <summary>
/// Tries to find out who wrote what. It knows every text and the true order of all that was done under a name, looks for any order in which
/// the texts lie, and lays the one along the other; or it takes the named deed that lies nearest to a text. What it cannot find it guesses.
/// </summary>
internal static partial class Attacker
{
    /// <summary>For each way of looking: whose each text would be.</summary>
    public static IEnumerable<(string Way, IReadOnlyDictionary<string, int> Guess)> Guesses(Sitting sitting, Loot loot, Random random)
    {
        string[] texts = [.. sitting.Authors.Keys.Order(StringComparer.Ordinal)];
        (string Name, int[] Seats)[] lines =
        [
            ("deeds", [.. sitting.Deeds.Distinct()]),
            ("last deeds", [.. sitting.Deeds.Reverse().Distinct().Reverse()]),
            ("seats", [.. sitting.Draws.Order()]),
            ("draws", [.. sitting.Draws]),
        ];

        foreach (var (order, found) in Orders(texts, loot).Concat(Lengths(sitting, loot)))
        foreach (var (name, seats) in lines)
        {
            yield return ($"{order}, along {name}", Along(Complete(found, texts, random), seats));
            yield return ($"{order}, backwards along {name}", Along([.. Enumerable.Reverse(Complete(found, texts, random))], seats));
        }

        var deeds = Deeds(sitting, loot);
        foreach (var (where, bytes) in ((string, byte[])[])[("ahead log", loot.Ahead), ("file", loot.File)])
        {
            if (bytes.Length == 0)
                continue;
            var done = deeds
                .Select(deed => (deed.Seat, At: bytes.AsSpan().IndexOf(deed.Needle)))
                .Where(deed => deed.At >= 0)
                .OrderBy(deed => deed.At)
                .ToArray();
            var lying = texts.ToDictionary(text => text, text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)));
            int Nearest(string text, Func<int, IEnumerable<int>> near) =>
                lying[text] >= 0 ? near(lying[text]).FirstOrDefault(Any(sitting, random)) : Any(sitting, random);
            yield return (
                $"next deed in the {where}",
                texts.ToDictionary(text => text, text => Nearest(text, at => done.Where(deed => deed.At > at).Select(deed => deed.Seat)))
            );
            yield return (
                $"previous deed in the {where}",
                texts.ToDictionary(
                    text => text,
                    text => Nearest(text, at => done.Where(deed => deed.At < at).Select(deed => deed.Seat).Reverse())
                )
            );
        }
        yield return ("blind guess", texts.ToDictionary(text => text, _ => Any(sitting, random)));
    }

    private static int Any(Sitting sitting, Random random) => sitting.Draws[random.Next(sitting.Draws.Count)];

    /// <summary>The n-th part of the texts is of the n-th person.</summary>
    private static Dictionary<string, int> Along(IReadOnlyList<string> order, int[] seats) =>
        order
            .Select((text, place) => (text, Seat: seats[place * seats.Length / order.Count]))
            .ToDictionary(pair => pair.text, pair => pair.Seat);

    private static string[] Complete(IReadOnlyList<string> found, string[] texts, Random random)
    {
        var missing = texts.Except(found).ToArray();
        random.Shuffle(missing);
        return [.. found, .. missing];
    }

    /// <summary>Every order in which the texts can be found.</summary>
    private static IEnumerable<(string Order, IReadOnlyList<string> Texts)> Orders(string[] texts, Loot loot)
    {
        foreach (
            var (where, bytes) in ((string, byte[])[])
                [("ahead log", loot.Ahead), ("file", loot.File), ("log of the program", Encoding.UTF8.GetBytes(loot.Log))]
        )
        {
            if (bytes.Length == 0)
                continue;
            yield return (
                $"first place in the {where}",
                Sorted(texts, text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) is >= 0 and var at ? at : null)
            );
            yield return (
                $"last place in the {where}",
                Sorted(texts, text => bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(text)) is >= 0 and var at ? at : null)
            );
        }

        // Whatever stands beside a text, in its row or in its piece of JSON, may be an order: a number, a moment, a hash, a place.
        var sights = texts.Select(text => (Text: text, Beside: Beside(text, loot))).ToArray();
        foreach (var way in sights.SelectMany(sight => sight.Beside.Keys).Distinct().Order(StringComparer.Ordinal))
            if (sights.Select(sight => sight.Beside.GetValueOrDefault(way)).Distinct().Skip(1).Any())
                yield return (way, Sorted(texts, text => sights.First(sight => sight.Text == text).Beside.GetValueOrDefault(way)));
    }

    /// <summary>
    /// Numbers in the log that are as far apart as the lengths of the texts are lengths, and their order is that of the texts.
    /// </summary>
    private static IEnumerable<(string Order, IReadOnlyList<string> Texts)> Lengths(Sitting sitting, Loot loot)
    {
        if (loot.Log.Length == 0)
            yield break;
        var sizes = Sizes()
            .Matches(loot.Log)
            .Select((match, place) => (Size: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Place: place))
            .GroupBy(size => size.Size)
            .ToDictionary(group => group.Key, group => group.First().Place);
        var more = Enumerable
            .Range(0, 250)
            .MaxBy(more => sitting.Lengths.Values.Distinct().Count(length => sizes.ContainsKey(length + more)));
        yield return (
            "lengths in the log of the program",
            Sorted([.. sitting.Lengths.Keys], text => sizes.TryGetValue(sitting.Lengths[text] + more, out var place) ? place : null)
        );
    }

    [GeneratedRegex(
        "(?:size|bytes|length) ?[=:] ?([0-9]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Sizes();

    private static IReadOnlyList<string> Sorted(string[] texts, Func<string, IComparable?> key) =>
        [
            .. texts
                .Select(text => (text, Key: key(text)))
                .Where(pair => pair.Key is not null)
                .OrderBy(pair => pair.Key, Comparer<IComparable?>.Create(Compare))
                .Select(pair => pair.text),
        ];

    private static int Compare(IComparable? one, IComparable? other) =>
        one is string left && other is string right ? string.CompareOrdinal(left, right)
        : one!.GetType() == other!.GetType() ? one.CompareTo(other)
        : string.CompareOrdinal($"{one}", $"{other}");

    private static Dictionary<string, IComparable> Beside(string text, Loot loot)
    {
        var beside = new Dictionary<string, IComparable>(StringComparer.Ordinal);
        foreach (var row in loot.Rows)
        {
            // Where one text lies several times, the last place counts.
            if (
                row.Values.FirstOrDefault(value => value.Value is string words && words.Contains(text, StringComparison.Ordinal))
                is not { Key: { } column, Value: string found }
            )
                continue;
            beside[$"{row.Table}, physical order"] = row.Place;
            foreach (var (name, value) in row.Values)
                Note($"{row.Table}.{name}", value);
            if (found.StartsWith('{'))
            {
                using var json = JsonDocument.Parse(found);
                Walk(json.RootElement, $"{row.Table}.{column}");
            }
            if (
                row.Values.GetValueOrDefault("Hash") is byte[] hash
                && loot.Rows.FirstOrDefault(ticket =>
                    ticket.Table == "SealedTickets" && ticket.Values["Hash"] is byte[] other && other.AsSpan().SequenceEqual(hash)
                )
                    is { } right
            )
                beside["SealedTickets, physical order"] = right.Place;
        }
        return beside;

        void Note(string way, object? value)
        {
            if (value is byte[] bytes)
                beside[way] = Convert.ToHexString(bytes);
            else if (value is string or long or double)
                beside[way] = (IComparable)value;
        }

        bool Walk(JsonElement element, string way)
        {
            if (element.ValueKind == JsonValueKind.String)
                return element.GetString()!.Contains(text, StringComparison.Ordinal);
            if (element.ValueKind == JsonValueKind.Array)
            {
                var place = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (Walk(item, $"{way}[]"))
                    {
                        beside[$"{way}, place"] = place;
                        return true;
                    }
                    place++;
                }
            }
            if (element.ValueKind != JsonValueKind.Object)
                return false;
            var here = element.EnumerateObject().Any(property => Walk(property.Value, $"{way}.{property.Name}"));
            if (here)
                foreach (
                    var property in element
                        .EnumerateObject()
                        .Where(property => property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                )
                    Note(
                        $"{way}.{property.Name}",
                        property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetDouble() : property.Value.GetString()
                    );
            return here;
        }
    }

    /// <summary>What was done under a name, as the bytes of its row: dialogue, number and JSON lie next to each other.</summary>
    private static List<(int Seat, byte[] Needle)> Deeds(Sitting sitting, Loot loot)
    {
        var deeds = new List<(int, byte[])>();
        foreach (var row in loot.Rows.Where(row => row.Table == "DialogueEvents"))
        {
            var json = (string)row.Values["Json"];
            using var read = JsonDocument.Parse(json);
            if (!read.RootElement.TryGetProperty("seat", out var seat) || seat.ValueKind != JsonValueKind.Number)
                continue;
            deeds.Add(
                (
                    seat.GetInt32(),
                    [
                        .. Encoding.UTF8.GetBytes(sitting.Dialogue.Value.ToString("D", CultureInfo.InvariantCulture).ToUpperInvariant()),
                        (byte)(long)row.Values["Sequence"],
                        .. Encoding.UTF8.GetBytes(json),
                    ]
                )
            );
        }
        return deeds;
    }
}

/// <summary>How often each way of looking was right, against how often blind chance is.</summary>
internal sealed class Score
{
    private readonly Dictionary<string, (int Right, int Of)> ways = [];
    private double expected;
    private int sittings,
        texts;

    public double Chance => expected / texts;

    /// <summary>
    /// Furthest above chance first, counted in standard deviations. A permutation scatters a little more than single guesses do.
    /// </summary>
    public IReadOnlyList<(string Way, double Accuracy, double Deviations)> Ranking =>
        [
            .. ways.Select(way => (way.Key, Accuracy: (double)way.Value.Right / way.Value.Of, way.Value.Of))
                .Select(way => (way.Key, way.Accuracy, (way.Accuracy - Chance) / Math.Sqrt(1.15 * Chance * (1 - Chance) / way.Of)))
                .OrderByDescending(way => way.Item3),
        ];

    public (string Way, double Accuracy, double Deviations) Best => Ranking[0];

    public void Count(Sitting sitting, Loot loot, Random random)
    {
        sittings++;
        texts += sitting.Authors.Count;
        expected += (double)sitting.Authors.Count / sitting.Draws.Count;
        foreach (var (way, guess) in Attacker.Guesses(sitting, loot, random))
        {
            var (right, of) = ways.GetValueOrDefault(way);
            ways[way] = (right + guess.Count(pair => sitting.Authors[pair.Key] == pair.Value), of + guess.Count);
        }
    }

    public override string ToString()
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{sittings} sittings, {texts} texts, {ways.Count} ways, chance {Chance:P1}"
        );
        var best = Ranking
            .Take(8)
            .Select(way => string.Create(CultureInfo.InvariantCulture, $"  {way.Accuracy:P1}  {way.Deviations:F1}  {way.Way}"));
        return head + "\n" + string.Join('\n', best);
    }
}
