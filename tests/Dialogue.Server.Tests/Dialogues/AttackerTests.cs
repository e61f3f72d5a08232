using Dialogue.Anonymous;
using Dialogue.Storage;

namespace Dialogue.Dialogues;

public sealed class AttackerTests
{
    private static readonly ActivityId Box = new("anoniem");

    [Fact]
    public async Task Measure()
    {
        using var lines = new LoggedLines();
        await using var server = new RunningServer(lines, [.. LoggedLines.Loudest, ("Storage:Path", $"/dev/shm/anon-{Guid.NewGuid()}/d.db")]);
        var random = new Random(7);
        var (open, shown) = (new Score(), new Score());
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 40; i++)
        {
            lines.Take();
            var (sitting, before, after) = await Hold(server, lines, random);
            open.Count(sitting, before, random);
            shown.Count(sitting, after, random);
        }
        File.WriteAllText("/tmp/anon-measure.txt", $"{watch.Elapsed}\nOPEN {open}\nSHOWN {shown}\n");
    }

    [Fact]
    public async Task Probe()
    {
        using var lines = new LoggedLines();
        await using var server = new RunningServer(lines, LoggedLines.Loudest);
        var room = await server.Room(TestTemplates.Short, 5);
        await room.Start("anoniem");
        var hub = await room.People[0].Connect();
        var tickets = await room.People[0].Tickets("anoniem");
        await Task.Delay(700, TestContext.Current.CancellationToken);
        lines.Take();
        await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<Answer>(hub, "Drop", room.Dialogue, Box, tickets[0], (SealedEntry)new SealedItem("argument", "GEHEIM-WOORD"), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        File.WriteAllText("/tmp/anon-probe.txt", hub.ConnectionId + "\n" + tickets[0].Value + "\n" + string.Join('\n', lines.Take()));
    }

    private static async Task<(Sitting Sitting, Loot Before, Loot After)> Hold(RunningServer server, LoggedLines lines, Random random)
    {
        var path = StorageSetup.SqlitePath(server.Services);
        var room = await server.Room(TestTemplates.Short, random.Next(8, 11));
        await room.Start("anoniem");
        var (boxes, door) = (server.Get<SealedBox>(), server.Get<Drop>());
        var authors = new Dictionary<string, int>(StringComparer.Ordinal);
        var (deeds, draws, later) = (new List<int>(), new List<int>(), new List<Person>());
        string Words() => $"{random.NextInt64():x16} {new string('x', random.Next(10) == 0 ? random.Next(1_000, 3_500) : random.Next(20, 200))}";
        async Task Put(Ticket ticket, string? words) => (await door.Into(room.Dialogue, Box, ticket, words is null ? null : new SealedItem("argument", words))).ShouldBeOfType<Answer.Accepted>();
        async Task Do(Person person)
        {
            DialogueCommand command = random.Next(4) switch { 0 => new RaiseHand(Up: true), 1 => new ParkQuestion($"Vraag {random.Next()}"), _ => new MarkReady(Box, Ready: true) };
            (await person.Wants(command)).ShouldBeOfType<Answer.Accepted>();
            deeds.Add(person.Seat.Value);
        }

        var tickets = new Dictionary<Person, IReadOnlyList<Ticket>>();
        foreach (var person in Mixed(room.People, random))
        {
            tickets[person] = await boxes.Draw(room.Dialogue, room.State, room.State.CurrentPhase!, person.Seat);
            draws.Add(person.Seat.Value);
        }
        foreach (var person in Mixed(room.People, random))
        {
            if (later.Count > 0 && random.Next(3) == 0)
            {
                await Do(later[0]);
                later.RemoveAt(0);
            }
            var words = Words();
            authors.Add(words[..16], person.Seat.Value);
            if (random.Next(6) == 0) await Put(tickets[person][0], Words());
            await Put(tickets[person][0], words);
            if (random.Next(6) == 0)
            {
                await Put(tickets[person][1], Words());
                await Put(tickets[person][1], null);
            }
            if (random.Next(4) == 0) later.Add(person);
            else await Do(person);
        }
        foreach (var person in later) await Do(person);

        var log = lines.Take();
        var sitting = new Sitting(room.Dialogue, authors, deeds, draws);
        var before = Loot.Of(path, room.Dialogue, log);
        (await room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Accepted>();
        var w = System.Diagnostics.Stopwatch.StartNew();
        while (new FileInfo(path + "-wal").Length > 0 && w.Elapsed < TimeSpan.FromSeconds(2)) await Task.Delay(1, TestContext.Current.CancellationToken);
        return (sitting, before, Loot.Of(path, room.Dialogue, log.Concat(lines.Take())));
    }

    private static Person[] Mixed(IEnumerable<Person> people, Random random)
    {
        var mixed = people.ToArray();
        random.Shuffle(mixed);
        return mixed;
    }
}
