using System.Globalization;
using System.Text;
using System.Text.Json;
using Dialogue.Storage;
using Microsoft.Data.Sqlite;

namespace Dialogue.Dialogues;

/// <summary>One anonymous phase as it went.</summary>
/// <param name="Authors">The truth that the attacker is after: how a text begins, and whose it is. Only used to count.</param>
/// <param name="Deeds">What the attacker may know: the seats in the order of what they did under their own name.</param>
/// <param name="Draws">The seats in the order in which they fetched their tickets, as a log of requests could tell.</param>
internal sealed record Sitting(DialogueId Dialogue, IReadOnlyDictionary<string, int> Authors, IReadOnlyList<int> Deeds, IReadOnlyList<int> Draws);

/// <summary>A row as it lies in its table, with everything in it that can be read, JSON included.</summary>
internal sealed record Lying(string Table, int Place, IReadOnlyDictionary<string, object> Values);

/// <summary>What the administrator of the database holds at one moment: the bytes on the disk, every table in physical order, and the log.</summary>
internal sealed record Loot(byte[] File, byte[] Ahead, IReadOnlyList<Lying> Rows, string Log)
{
    /// <summary>The write-ahead log, whole: what a checkpoint left behind lies in it too.</summary>
    public static byte[] Bytes(string path)
    {
        if (!System.IO.File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public static Loot Of(string path, DialogueId dialogue, IEnumerable<string> log)
    {
        var (file, ahead) = (Bytes(path), Bytes(path + "-wal"));
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(StorageSetup.SqliteConnectionString(path)) { Pooling = false }.ToString());
        connection.Open();
        return new Loot(file, ahead, [.. Tables(connection).SelectMany(table => RowsOf(connection, table, dialogue))], string.Join('\n', log));
    }

    private static List<string> Tables(SqliteConnection connection) =>
        [.. Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").Select(row => (string)row["name"])];

    private static IEnumerable<Lying> RowsOf(SqliteConnection connection, string table, DialogueId dialogue)
    {
        var columns = Read(connection, $"PRAGMA table_info(\"{table}\")").Select(row => (string)row["name"]).ToArray();
        var rowid = Read(connection, $"SELECT sql FROM sqlite_master WHERE name = '{table}'").Any(row => !((string)row["sql"]).Contains("WITHOUT ROWID", StringComparison.Ordinal));
        var sql = $"SELECT {(rowid ? "rowid AS \"#\", " : "")}* FROM \"{table}\" NOT INDEXED{(columns.Contains("DialogueId") ? " WHERE DialogueId = $dialogue" : "")}";
        return Read(connection, sql, ("$dialogue", dialogue.Value)).Select((row, place) => new Lying(table, place, row));
    }

    private static IEnumerable<Dictionary<string, object>> Read(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue);
    }
}

/// <summary>
/// Tries to find out who wrote what. It knows every text and the true order of all that was done under a name, looks for any order in which the
/// texts lie, and lays the one along the other; or it takes the named deed that lies nearest to a text. What it cannot find it guesses.
/// </summary>
internal static class Attacker
{
    /// <summary>For each way of looking: whose each text would be.</summary>
    public static IEnumerable<(string Way, IReadOnlyDictionary<string, int> Guess)> Guesses(Sitting sitting, Loot loot, Random random)
    {
        string[] texts = [.. sitting.Authors.Keys.Order(StringComparer.Ordinal)];
        (string Name, int[] Seats)[] lines = [("deeds", [.. sitting.Deeds.Distinct()]), ("last deeds", [.. sitting.Deeds.Reverse().Distinct().Reverse()]), ("seats", [.. sitting.Draws.Order()]), ("draws", [.. sitting.Draws])];

        foreach (var (order, found) in Orders(texts, loot))
            foreach (var (name, seats) in lines)
            {
                yield return ($"{order}, along {name}", Along(Complete(found, texts, random), seats));
                yield return ($"{order}, backwards along {name}", Along([.. Enumerable.Reverse(Complete(found, texts, random))], seats));
            }

        var deeds = Deeds(sitting, loot);
        foreach (var (where, bytes) in ((string, byte[])[])[("ahead log", loot.Ahead), ("file", loot.File)])
        {
            var done = deeds.Select(deed => (deed.Seat, At: bytes.AsSpan().IndexOf(deed.Needle))).Where(deed => deed.At >= 0).OrderBy(deed => deed.At).ToArray();
            var lying = texts.ToDictionary(text => text, text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)));
            int Nearest(string text, Func<int, IEnumerable<int>> near) => lying[text] >= 0 ? near(lying[text]).FirstOrDefault(Any(sitting, random)) : Any(sitting, random);
            yield return ($"next deed in the {where}", texts.ToDictionary(text => text, text => Nearest(text, at => done.Where(deed => deed.At > at).Select(deed => deed.Seat))));
            yield return ($"previous deed in the {where}", texts.ToDictionary(text => text, text => Nearest(text, at => done.Where(deed => deed.At < at).Select(deed => deed.Seat).Reverse())));
        }
        yield return ("blind guess", texts.ToDictionary(text => text, _ => Any(sitting, random)));
    }

    private static int Any(Sitting sitting, Random random) => sitting.Draws[random.Next(sitting.Draws.Count)];

    /// <summary>The n-th part of the texts is of the n-th person.</summary>
    private static Dictionary<string, int> Along(IReadOnlyList<string> order, int[] seats) =>
        order.Select((text, place) => (text, Seat: seats[place * seats.Length / order.Count])).ToDictionary(pair => pair.text, pair => pair.Seat);

    private static string[] Complete(IReadOnlyList<string> found, string[] texts, Random random)
    {
        var missing = texts.Except(found).ToArray();
        random.Shuffle(missing);
        return [.. found, .. missing];
    }

    /// <summary>Every order in which the texts can be found.</summary>
    private static IEnumerable<(string Order, IReadOnlyList<string> Texts)> Orders(string[] texts, Loot loot)
    {
        var log = Encoding.UTF8.GetBytes(loot.Log);
        foreach (var (where, bytes) in ((string, byte[])[])[("ahead log", loot.Ahead), ("file", loot.File), ("log of the program", log)])
        {
            yield return ($"first place in the {where}", Sorted(texts, text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) is >= 0 and var at ? at : null));
            yield return ($"last place in the {where}", Sorted(texts, text => bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(text)) is >= 0 and var at ? at : null));
        }

        // Whatever stands beside a text, in its row or in its piece of JSON, may be an order: a number, a moment, a hash, a place.
        var sights = texts.Select(text => (Text: text, Beside: Beside(text, loot))).ToArray();
        foreach (var way in sights.SelectMany(sight => sight.Beside.Keys).Distinct().Order(StringComparer.Ordinal))
            yield return (way, Sorted(texts, text => sights.First(sight => sight.Text == text).Beside.GetValueOrDefault(way)));
    }

    private static IReadOnlyList<string> Sorted(string[] texts, Func<string, IComparable?> key) =>
        [.. texts.Select(text => (text, Key: key(text))).Where(pair => pair.Key is not null).OrderBy(pair => pair.Key, Comparer<IComparable?>.Create(Compare)).Select(pair => pair.text)];

    private static int Compare(IComparable? one, IComparable? other) =>
        one is string left && other is string right ? string.CompareOrdinal(left, right) : one!.GetType() == other!.GetType() ? one.CompareTo(other) : string.CompareOrdinal($"{one}", $"{other}");

    private static Dictionary<string, IComparable> Beside(string text, Loot loot)
    {
        var beside = new Dictionary<string, IComparable>(StringComparer.Ordinal);
        foreach (var row in loot.Rows)
        {
            if (row.Values.FirstOrDefault(value => value.Value is string words && words.Contains(text, StringComparison.Ordinal)) is not { Key: { } column, Value: string found }) continue;
            beside[$"{row.Table}, physical order"] = row.Place;
            foreach (var (name, value) in row.Values) Note($"{row.Table}.{name}", value);
            if (found.StartsWith('{'))
            {
                using var json = JsonDocument.Parse(found);
                Walk(json.RootElement, $"{row.Table}.{column}");
            }
            if (row.Values.GetValueOrDefault("Hash") is byte[] hash && loot.Rows.FirstOrDefault(ticket => ticket.Table == "SealedTickets" && ticket.Values["Hash"] is byte[] other && other.AsSpan().SequenceEqual(hash)) is { } right)
                beside["SealedTickets, physical order"] = right.Place;
        }
        return beside;

        void Note(string way, object? value)
        {
            if (value is byte[] bytes) beside[way] = Convert.ToHexString(bytes);
            else if (value is string or long or double) beside[way] = (IComparable)value;
        }

        bool Walk(JsonElement element, string way)
        {
            if (element.ValueKind == JsonValueKind.String) return element.GetString()!.Contains(text, StringComparison.Ordinal);
            if (element.ValueKind == JsonValueKind.Array)
            {
                var place = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (Walk(item, $"{way}[]")) { beside[$"{way}, place"] = place; return true; }
                    place++;
                }
            }
            if (element.ValueKind != JsonValueKind.Object) return false;
            var here = element.EnumerateObject().Any(property => Walk(property.Value, $"{way}.{property.Name}"));
            if (here)
                foreach (var property in element.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String))
                    Note($"{way}.{property.Name}", property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetDouble() : property.Value.GetString());
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
            if (!read.RootElement.TryGetProperty("seat", out var seat) || seat.ValueKind != JsonValueKind.Number) continue;
            deeds.Add((seat.GetInt32(), [.. Encoding.UTF8.GetBytes(sitting.Dialogue.Value.ToString("D", CultureInfo.InvariantCulture).ToUpperInvariant()), (byte)(long)row.Values["Sequence"], .. Encoding.UTF8.GetBytes(json)]));
        }
        return deeds;
    }
}

/// <summary>How often each way of looking was right, against how often blind chance is.</summary>
internal sealed class Score
{
    private readonly Dictionary<string, (int Right, int Of)> ways = [];
    private double expected;
    private int sittings, texts;

    public double Chance => expected / texts;
    public int Texts => texts;

    /// <summary>One standard deviation of a blind guess. A permutation scatters a little more than single guesses do.</summary>
    public double Deviation => Math.Sqrt(1.15 * Chance * (1 - Chance) / texts);

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

    public double Accuracy(string way) => ways.TryGetValue(way, out var tried) ? (double)tried.Right / tried.Of : 0;

    /// <summary>Best first; ways that had something to look at in too few sittings prove nothing and are left out.</summary>
    public IReadOnlyList<(string Way, double Accuracy)> Ranking => [.. ways.Where(way => way.Value.Of > texts / 2).Select(way => (way.Key, Accuracy(way.Key))).OrderByDescending(way => way.Item2)];

    public (string Way, double Accuracy) Best => Ranking[0];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{sittings} sittings, {texts} texts, chance {Chance:P1}, deviation {Deviation:P2}\n{string.Join('\n', Ranking.Take(12).Select(way => $"  {way.Accuracy:P1}  {way.Way}"))}");
}
