using System.Globalization;
using Dialogue.Anonymous;
using Dialogue.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Holds anonymous phases as people hold them: eight to ten of them fetch tickets, drop, reword and take back, and most do something under
/// their own name right after. At every moment that an administrator might choose, what he would have is laid aside.
/// </summary>
internal sealed class Sittings(RunningServer server, LoggedLines lines, int seed)
{
    public static readonly PhaseId Box = new("anoniem");
    private readonly string path = StorageSetup.SqlitePath(server.Services);

    public Random Random { get; } = new(seed);

    /// <summary>A folder in memory where there is one: what is simulated here must not wait for a disk.</summary>
    public static string Folder() =>
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"dialogue-test-{Guid.NewGuid():N}");

    /// <summary>All that could be logged of the secret side: words, tickets, and hashes in any spelling.</summary>
    public List<string> Secrets { get; } = [];

    public async Task<Held> Hold()
    {
        lines.Take();
        Secrets.Clear();
        var room = await server.Room(TestTemplates.Short, Random.Next(8, 11));
        await room.Start("anoniem");
        var (authors, lengths) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var (deeds, draws, later, tickets) = (
            new List<int>(),
            new List<int>(),
            new List<Person>(),
            new Dictionary<Person, IReadOnlyList<Ticket>>()
        );
        foreach (var person in Mixed(room.People))
        {
            tickets[person] = await room.Draw(person);
            draws.Add(person.Seat.Value);
        }
        foreach (var person in Mixed(room.People))
        {
            if (later.Count > 0 && Random.Next(3) == 0)
            {
                await Do(later[0], deeds);
                later.RemoveAt(0);
            }
            var words = Words();
            authors.Add(words[..16], person.Seat.Value);
            lengths.Add(words[..16], words.Length);
            if (Random.Next(8) == 0)
                await Put(room, tickets[person][0], Words());
            await Put(room, tickets[person][0], words);
            if (Random.Next(8) == 0)
            {
                await Put(room, tickets[person][1], Words());
                await Put(room, tickets[person][1], null);
            }
            if (Random.Next(4) == 0)
                later.Add(person);
            else
                await Do(person, deeds);
        }
        foreach (var person in later)
            await Do(person, deeds);
        return new Held(room, new Sitting(room.Dialogue, authors, lengths, deeds, draws), lines.Take());
    }

    /// <summary>The disk, and the log from the opening of the phase to now.</summary>
    public Loot Loot(Held held) => Dialogues.Loot.Of(path, held.Room.Dialogue, held.Log.Concat(lines.Take()));

    /// <summary>A backup as the guide to operating says it is made.</summary>
    public async Task<Loot> Backup(Held held)
    {
        var copy = path + ".copy";
        await using (var db = await server.Database())
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", TestContext.Current.CancellationToken);
        var loot = Dialogues.Loot.Of(copy, held.Room.Dialogue);
        File.Delete(copy);
        return loot;
    }

    /// <summary>What the database does by itself when its log has grown: all goes to the file.</summary>
    public async Task Checkpoint()
    {
        await using var db = await server.Database();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", TestContext.Current.CancellationToken);
    }

    public async Task RevealAndWipe(Held held)
    {
        await Reveal(held);
        await Eventually(() => Wiped);
    }

    public static async Task Reveal(Held held) => (await held.Room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Accepted>();

    public static async Task Eventually(Func<bool> isSo)
    {
        for (var i = 0; i < 1_000 && !isSo(); i++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        isSo().ShouldBeTrue();
    }

    /// <summary>Reads and does not end its reading until it is disposed.</summary>
    public async Task<IAsyncDisposable> Reader()
    {
        var connection = new SqliteConnection(StorageSetup.SqliteConnectionString(path) + ";Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN DEFERRED; SELECT count(*) FROM DialogueEvents";
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Plants a table that remembers the order of arriving.</summary>
    public async Task Plant()
    {
        await using var db = await server.Database();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE Planted (At INTEGER PRIMARY KEY, DialogueId TEXT, Payload TEXT);
            CREATE TRIGGER PlantNew AFTER INSERT ON SealedEntries BEGIN INSERT INTO Planted (DialogueId, Payload) VALUES (new.DialogueId, new.Payload); END;
            CREATE TRIGGER PlantOld AFTER UPDATE ON SealedEntries BEGIN INSERT INTO Planted (DialogueId, Payload) VALUES (new.DialogueId, new.Payload); END;
            """,
            TestContext.Current.CancellationToken
        );
    }

    public bool Wiped => new FileInfo(path + "-wal").Length == 0;

    private async Task Put(TestRoom room, Ticket ticket, string? words)
    {
        Secrets.AddRange([
            ticket.Value,
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ticket.Value))),
        ]);
        if (words is not null)
            Secrets.Add(words[..16]);
        (
            await server.Get<Drop>().Into(room.Dialogue, Box, ticket, words is null ? null : new SealedItem(ItemKind.Argument, words))
        ).ShouldBeOfType<Answer.Accepted>();
    }

    private async Task Do(Person person, List<int> deeds)
    {
        DialogueCommand command = Random.Next(4) switch
        {
            0 => new RaiseHand(Up: true),
            1 => new ParkQuestion($"Vraag {Random.Next()}"),
            _ => new MarkReady(Box, Ready: true),
        };
        (await person.Wants(command)).ShouldBeOfType<Answer.Accepted>();
        deeds.Add(person.Seat.Value);
    }

    /// <summary>Mostly a sentence; now and then more than fits on a page of the database.</summary>
    private string Words() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Random.NextInt64():x16} {new string('x', Random.Next(10) == 0 ? Random.Next(1_000, 3_500) : Random.Next(20, 200))}"
        );

    private Person[] Mixed(IEnumerable<Person> people)
    {
        var mixed = people.ToArray();
        Random.Shuffle(mixed);
        return mixed;
    }
}

/// <summary>A phase of which the box is still shut, and what was logged meanwhile.</summary>
internal sealed record Held(TestRoom Room, Sitting Sitting, string[] Log);
