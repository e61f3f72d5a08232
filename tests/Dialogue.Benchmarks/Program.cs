using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Dialogue;
using Dialogue.Access;
using Dialogue.Activities.Contribute;
using Dialogue.Cases;
using Dialogue.Clock;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Look;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Dialogue.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// Prints figures and ratios; asserts nothing. Each figure stands beside a yardstick measured in the same run, since machines differ and are noisy:
//   dotnet run -c Release --project tests/Dialogue.Benchmarks
// Yardstick: one writer that commits whatever waits, one row each, WAL with synchronous=FULL: storage and nothing else.
// Product: the same, with rules, receipts, projections, snapshots and the doorbell; without connections.

var folder = Directory.CreateTempSubdirectory("dialogue-bench-");
var rounds = 5;
var seconds = TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2);
await using var app = Product(folder.FullName);
await app.StartDatabase();
await app.StartAsync();
Console.WriteLine($"median of {rounds} rounds of {seconds.TotalSeconds} s, closed loop, accepted contributions per second; {Environment.ProcessorCount} cores");
Console.WriteLine($"{"rooms x people",-16}{"yardstick",12}{"product",12}{"ratio",8}{"p50 ms",9}{"p99 ms",9}");
foreach (var (rooms, people) in new[] { (1, 30), (20, 30), (75, 8), (10, 100), (1, 500) })
{
    var yard = new List<double>();
    var product = new List<double>();
    var latencies = new ConcurrentBag<double>();
    for (var round = 0; round < rounds; round++)
    {
        yard.Add(await Yardstick(Path.Combine(folder.FullName, $"yard-{rooms}-{people}-{round}.db"), rooms * people));
        product.Add(await Contributions(app.Services, rooms, people, latencies));
    }
    var sorted = latencies.Order().ToArray();
    Console.WriteLine($"{$"{rooms} x {people}",-16}{Median(yard),12:N0}{Median(product),12:N0}{Median(product) / Median(yard),8:P0}{sorted[sorted.Length / 2],9:N1}{sorted[(int)(sorted.Length * 0.99)],9:N1}");
}
await app.StopAsync();
SqliteConnection.ClearAllPools();
folder.Delete(recursive: true);

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static WebApplication Product(string folder)
{
    var builder = WebApplication.CreateBuilder();
    builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["urls"] = "http://127.0.0.1:0", ["Storage:Path"] = Path.Combine(folder, "product.db"), ["Mail:Folder"] = Path.Combine(folder, "mail"), ["Demo"] = "false",
    });
    builder.Logging.ClearProviders();
    builder.AddOperations();
    builder.Services.AddStorage(builder.Configuration).AddAccess(builder.Configuration);
    builder.Services.AddLook();
    builder.Services.AddTemplates();
    builder.Services.AddCases();
    builder.Services.AddDialogues();
    builder.Services.AddOutcomes();
    builder.Services.AddFollowUp();
    builder.Services.AddMailroom(builder.Configuration);
    builder.Services.AddClock();
    return builder.Build();
}

async Task<double> Contributions(IServiceProvider services, int rooms, int people, ConcurrentBag<double> latencies)
{
    var live = services.GetRequiredService<LiveDialogues>();
    var phase = new PhaseTemplate { Key = "open", Activity = "contribute", Title = new("t"), Prompt = new("t"), Settings = new() { Kinds = ["effect"] } };
    var template = new SessionTemplate { Key = "proef", Version = 1, Title = new("t"), Purpose = new("t"), Phases = [.. Enumerable.Range(0, 30).Select(i => phase with { Key = $"open{i}" })] };
    var dialogues = new List<DialogueId>();
    for (var room = 0; room < rooms; room++)
    {
        var dialogue = new DialogueId(Guid.NewGuid());
        dialogues.Add(dialogue);
        await live.Perform(dialogue, id: null, new PrepareDialogue("t", "nl", new CaseBrief(new CaseId(Guid.NewGuid()), "t", "t", "other", []), template, []), seat: null, Role.Organiser);
        await live.Perform(dialogue, id: null, new OpenLobby("proef"), seat: null, Role.Organiser);
        await live.Perform(dialogue, id: null, new TakeSeat("g", "", Role.Facilitator), seat: null, Role.Organiser);
        for (var i = 0; i < people; i++) await live.Perform(dialogue, id: null, new TakeSeat($"d{i}", "", Role.Participant), seat: null, Role.Organiser);
        await live.Perform(dialogue, id: null, new StartPhase(new("open0"), null), new SeatId(1), Role.None);
    }
    var accepted = 0;
    var started = Stopwatch.GetTimestamp();
    await Task.WhenAll(dialogues.SelectMany(dialogue => Enumerable.Range(2, people).Select(seat => Task.Run(async () =>
    {
        for (var said = 0; Stopwatch.GetElapsedTime(started) < seconds; said++)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await live.Perform(dialogue, new CommandId(Guid.NewGuid()), new AddItem(new("open0"), "effect", "Wie weinig online is, lijkt niet gemotiveerd."), new SeatId(seat), Role.None);
            if (answer is Answer.Accepted)
            {
                Interlocked.Increment(ref accepted);
                latencies.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            else if (answer is Answer.Refused { Code: not RefusalCode.Busy }) break;
        }
    }))));
    return accepted / Stopwatch.GetElapsedTime(started).TotalSeconds;
}

async Task<double> Yardstick(string path, int senders)
{
    await using var connection = new SqliteConnection($"Data Source={path}");
    await connection.OpenAsync();
    Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Lines (Room TEXT, Number INTEGER, Json TEXT, PRIMARY KEY (Room, Number));");
    var queue = Channel.CreateUnbounded<TaskCompletionSource>();
    var writer = Task.Run(async () =>
    {
        var number = 0;
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Lines VALUES (@room, @number, @json)";
        insert.Parameters.AddWithValue("@room", Guid.NewGuid().ToString());
        var at = insert.Parameters.AddWithValue("@number", 0);
        insert.Parameters.AddWithValue("@json", new string('x', 250));
        var together = new List<TaskCompletionSource>();
        while (await queue.Reader.WaitToReadAsync())
        {
            together.Clear();
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            while (together.Count < 64 && queue.Reader.TryRead(out var waiting))
            {
                at.Value = ++number;
                insert.ExecuteNonQuery();
                together.Add(waiting);
            }
            transaction.Commit();
            foreach (var waiting in together) waiting.SetResult();
        }
    });
    var done = 0;
    var started = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
    {
        while (Stopwatch.GetElapsedTime(started) < seconds)
        {
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Writer.TryWrite(waiting);
            await waiting.Task;
            Interlocked.Increment(ref done);
        }
    })));
    var rate = done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    queue.Writer.Complete();
    await writer;
    return rate;

    void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
