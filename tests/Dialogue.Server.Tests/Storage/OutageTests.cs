using System.Data.Common;
using System.Diagnostics;
using Dialogue.Activities.Contribute;
using Dialogue.Dialogues;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dialogue.Storage;

/// <summary>A database that throws, hangs, is shared, or is damaged.</summary>
public sealed class OutageTests
{
    private static readonly PhaseId Open = new("open");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, Trait("Finding", "J4")]
    [InlineData(Weather.Throws)]
    [InlineData(Weather.Hangs)]
    public async Task While_the_database_is_away_nobody_hears_an_exception_and_all_is_well_after(Weather weather)
    {
        var away = new Away();
        await using var server = new RunningServer(services => services.AddSingleton<IInterceptor>(away));
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Start("open");
        var person = room.People[0];
        await using var line = person.NewConnection();
        await line.StartAsync(Stop);
        var number = (await line.InvokeAsync<Batch>("CatchUp", room.Dialogue, 0, Stop)).Through;
        var command = (DialogueCommand)new AddItem(Open, ItemKind.Effect, "Dit gaat niet verloren");
        var id = new CommandId(Guid.NewGuid());

        away.Now = weather;
        var began = Stopwatch.GetTimestamp();
        (await line.InvokeAsync<Answer>("Perform", room.Dialogue, id, command, Stop))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.Busy);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        // What is known can still be read.
        (await line.InvokeAsync<Batch>("CatchUp", room.Dialogue, number, Stop)).Through.ShouldBe(number);
        using var http = new HttpClient { BaseAddress = server.Address };
        began = Stopwatch.GetTimestamp();
        (await http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode.ShouldBeFalse();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        server.Get<SavingState>().Possible.ShouldBeFalse();

        away.Now = Weather.Fine;
        Answer? answer = null;
        await Sittings.Eventually(() =>
            (answer = line.InvokeAsync<Answer>("Perform", room.Dialogue, id, command, Stop).GetAwaiter().GetResult()) is Answer.Accepted
        );
        room.State.ShownIn(Open).Select(item => item.Text).ShouldBe(["Dit gaat niet verloren"]);
        server.Get<SavingState>().Possible.ShouldBeTrue();
    }

    [Fact, Trait("Finding", "J3")]
    public async Task Two_processes_on_one_file_without_the_lock_tell_the_same_history()
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-two-").FullName;
        (string, string)[] shared = [("Storage:Path", Path.Combine(folder, "dialogue.db")), ("Storage:Lock", "false")];
        try
        {
            await using var one = new RunningServer(shared);
            await using var other = new RunningServer(shared);
            var room = await one.Room(TestTemplates.Short, 6);
            await room.Start("open");
            var there = room.People.Select(person => new Person(other, room.Dialogue, person.Seat, person.Token)).ToArray();
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 120)
                    .Select(i =>
                        Task.Run(async () =>
                        {
                            var (who, command, id) = (
                                i % 6,
                                new AddItem(Open, ItemKind.Effect, $"nummer {i}"),
                                new CommandId(Guid.NewGuid())
                            );
                            for (var tries = 0; tries < 200; tries++)
                                if (
                                    await (i % 2 == 0 ? room.People[who] : there[who]).Wants(command, id)
                                    is not Answer.Refused { Code: RefusalCode.Busy }
                                        and var answer
                                )
                                    return answer;
                                else
                                    await Task.Delay(20, Stop);
                            return new Answer.Refused(RefusalCode.Busy);
                        })
                    )
            );
            answers.ShouldAllBe(answer => answer is Answer.Accepted);
            var (here, elsewhere) = (await one.Live.Read(room.Dialogue, Stop), await other.Live.Read(room.Dialogue, Stop));
            (elsewhere.Number, Convert.ToHexString(elsewhere.Head)).ShouldBe((here.Number, Convert.ToHexString(here.Head)));
            elsewhere.State.ShownIn(Open).Select(item => item.Text).ShouldBe(here.State.ShownIn(Open).Select(item => item.Text));
            here.State.ShownIn(Open).Count().ShouldBe(120);
            var stored = await one.Get<LogReader>().Read(room.Dialogue, 0, HashChain.Start, Stop);
            (stored.DamagedAt, stored.Events.Count).ShouldBe((null, here.Number));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact, Trait("Finding", "J3")]
    public async Task A_second_process_on_one_file_is_refused_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-lock-").FullName;
        var path = Path.Combine(folder, "dialogue.db");
        await using (var first = new RunningServer(("Storage:Path", path)))
        {
            await using var second = new DatabaseLock(new ConfigurationBuilder().Build(), NullLogger<DatabaseLock>.Instance)
            {
                Patience = TimeSpan.FromSeconds(0.5),
            };
            (await Should.ThrowAsync<StartRefused>(() => second.Take(null!, path, Stop))).Message.ShouldContain(path);
            second.SoleWriter.ShouldBeFalse();
            first.Get<DatabaseLock>().SoleWriter.ShouldBeTrue();
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory, Trait("Finding", "K7")]
    [InlineData("UPDATE DialogueEvents SET Json = replace(Json, 'Zo stond het er', 'Zo stond het nooit') WHERE DialogueId = @dialogue", 1)]
    [InlineData(
        "DELETE FROM DialogueEvents WHERE DialogueId = @dialogue AND Sequence = "
            + "(SELECT max(Sequence) - 2 FROM DialogueEvents WHERE DialogueId = @dialogue)",
        0
    )]
    public async Task A_damaged_log_opens_read_only_up_to_the_damage_and_says_so(string damage, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-damage-").FullName;
        var path = Path.Combine(folder, "dialogue.db");
        try
        {
            DialogueId dialogue,
                healthy;
            Person before;
            int whole;
            await using (var server = new RunningServer(("Storage:Path", path)))
            {
                healthy = (await server.Room(TestTemplates.Short, 1)).Dialogue;
                var room = await server.Room(TestTemplates.Short, 1);
                await room.Start("open");
                foreach (var text in (string[])["Zo stond het er", "en dit", "en dat"])
                    (await room.People[0].Wants(new AddItem(Open, ItemKind.Effect, text))).ShouldBeOfType<Answer.Accepted>();
                (dialogue, before, whole) = (room.Dialogue, room.People[0], (await server.Live.Read(room.Dialogue, Stop)).Number);
            }
            await using (var db = new SqliteConnection(StorageSetup.SqliteConnectionString(path)))
            {
                await db.OpenAsync(Stop);
                await using var command = db.CreateCommand();
                command.CommandText = damage;
                command.Parameters.AddWithValue("@dialogue", dialogue.Value);
                (await command.ExecuteNonQueryAsync(Stop)).ShouldBeGreaterThanOrEqualTo(rows);
            }
            await using (var server = new RunningServer(("Storage:Path", path)))
            {
                var snapshot = await server.Live.Read(dialogue, Stop);
                snapshot.Number.ShouldBeInRange(1, whole - 1);
                using var use = server.Live.Open(dialogue);
                use.Room.DamagedAt.ShouldBe(snapshot.Number + 1);
                var person = new Person(server, dialogue, before.Seat, before.Token);
                (await person.Wants(new AddItem(Open, ItemKind.Effect, "erbij")))
                    .ShouldBeOfType<Answer.Refused>()
                    .Code.ShouldBe(RefusalCode.LogDamaged);
                (await server.Live.Perform(healthy, null, new PauseDialogue(), null, Role.Organiser)).ShouldNotBeNull();
                (await server.Get<LogReader>().Read(healthy, 0, HashChain.Start, Stop)).DamagedAt.ShouldBeNull();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact, Trait("Finding", "K6")]
    public async Task Nothing_is_ready_that_cannot_write_and_reading_goes_on()
    {
        await using var server = new RunningServer();
        var room = await server.Room(TestTemplates.Short, 1);
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode.ShouldBeTrue();
        await using (var db = await server.Database())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER NoProbe BEFORE INSERT ON Probes BEGIN SELECT RAISE(FAIL, 'full'); END;",
                Stop
            );
        (await http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode.ShouldBeFalse();
        server.Get<SavingState>().Possible.ShouldBeFalse();
        (await server.Live.Read(room.Dialogue, Stop)).Number.ShouldBePositive();
    }

    public enum Weather
    {
        Fine,
        Throws,
        Hangs,
    }

    /// <summary>Every transaction and every connection goes through here.</summary>
    private sealed class Away : DbTransactionInterceptor
    {
        public volatile Weather Now;

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            if (Now == Weather.Throws)
                throw new SqliteException("away", 14);
            for (var i = 0; i < 150 && Now == Weather.Hangs; i++)
                await Task.Delay(100, cancellationToken);
            return result;
        }
    }
}
