using System.Globalization;
using Dialogue.Activities.Contribute;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Dialogues;

/// <summary>One open room: repeated commands, falling appends, allowances, what leaves memory.</summary>
public sealed class LiveRoomTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly PhaseId Open = new("open");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "A1")]
    public async Task Commands_that_are_sent_again_while_others_are_under_way_get_their_answer_and_disturb_nobody()
    {
        var room = await server.Room(TestTemplates.Short, 30);
        await room.Start("open");
        using var use = server.Live.Open(room.Dialogue);
        var epoch = use.Room.Epoch;
        var wishes = room
            .People.SelectMany(person =>
                Enumerable.Range(0, 10).Select(i => (person, command: new AddItem(Open, ItemKind.Effect, $"{person.Seat} {i}"), id: New()))
            )
            .ToArray();
        var answers = await Task.WhenAll(
            wishes.SelectMany(wish => Enumerable.Range(0, 3).Select(_ => Task.Run(() => wish.person.Wants(wish.command, wish.id))))
        );
        answers.ShouldAllBe(answer => answer is Answer.Accepted);
        room.State.ShownIn(Open).Count().ShouldBe(wishes.Length);
        // And once more when all is committed.
        var again = await Task.WhenAll(wishes.Select(wish => wish.person.Wants(wish.command, wish.id)));
        again.ShouldAllBe(answer => answer is Answer.Accepted);
        room.State.ShownIn(Open).Count().ShouldBe(wishes.Length);
        use.Room.Epoch.ShouldBe(epoch, "nothing fell");
    }

    [Fact, Trait("Finding", "A1")]
    public async Task After_a_restart_repeated_commands_are_known_before_they_are_decided()
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-restart-").FullName;
        var path = ("Storage:Path", Path.Combine(folder, "dialogue.db"));
        try
        {
            DialogueId dialogue;
            Person before;
            var id = New();
            Answer first;
            await using (var one = new RunningServer(path))
            {
                var room = await one.Room(TestTemplates.Short, 2);
                await room.Start("open");
                (dialogue, before) = (room.Dialogue, room.People[0]);
                first = await before.Wants(new AddItem(Open, ItemKind.Effect, "een keer"), id);
            }
            await using var other = new RunningServer(path);
            using var use = other.Live.Open(dialogue);
            await use.Room.Read(Stop);
            var epoch = use.Room.Epoch;
            var person = new Person(other, dialogue, before.Seat, before.Token);
            (await person.Wants(new AddItem(Open, ItemKind.Effect, "een keer"), id)).ShouldBe(first);
            use.Room.Epoch.ShouldBe(epoch);
            (await person.Wants(new AddItem(Open, ItemKind.Effect, "iets anders"), id))
                .ShouldBeOfType<Answer.Refused>()
                .Code.ShouldBe(RefusalCode.Malformed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact, Trait("Finding", "K10")]
    public async Task The_id_of_an_accepted_command_with_another_command_is_refused()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        var id = New();
        (await room.People[0].Wants(new AddItem(Open, ItemKind.Effect, "het ene"), id)).ShouldBeOfType<Answer.Accepted>();
        (await room.People[0].Wants(new AddItem(Open, ItemKind.Effect, "het andere"), id))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.Malformed);
        room.State.ShownIn(Open).Select(item => item.Text).ShouldBe(["het ene"]);
    }

    [Fact, Trait("Finding", "J6")]
    public async Task An_append_that_falls_takes_its_neighbours_along_for_one_more_decision_and_no_longer()
    {
        await using var poisoned = new RunningServer(services => services.AddSingleton<IWhenAppended, Poison>());
        var room = await poisoned.Room(TestTemplates.Short, 30);
        await room.Start("open");
        var answers = await Task.WhenAll(
            room.People.SelectMany(person =>
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Task.Run(async () =>
                        {
                            var bad = i == 3 && person.Seat.Value % 3 == 0;
                            try
                            {
                                return (
                                    bad,
                                    answer: await person.Wants(new AddItem(Open, ItemKind.Effect, bad ? Poison.Text : $"{person.Seat} {i}"))
                                );
                            }
                            catch (InvalidOperationException)
                            {
                                return (bad, answer: (Answer?)null);
                            }
                        })
                    )
            )
        );
        answers.Where(one => one.bad).ShouldAllBe(one => one.answer == null);
        answers.Where(one => !one.bad).ShouldAllBe(one => one.answer is Answer.Accepted);
        room.State.ShownIn(Open).Count().ShouldBe(answers.Count(one => !one.bad));
        using var use = poisoned.Live.Open(room.Dialogue);
        use.Room.Epoch.ShouldBeGreaterThan(1);
    }

    [Fact, Trait("Finding", "A3")]
    public async Task A_dialogue_that_does_not_exist_leaves_nothing_in_memory()
    {
        var before = server.Live.Count;
        for (var i = 0; i < 20; i++)
        {
            (await server.Live.Read(new DialogueId(Guid.NewGuid()), Stop)).Number.ShouldBe(0);
            (await server.Live.Perform(new DialogueId(Guid.NewGuid()), null, new PauseDialogue(), null, Role.Organiser))
                .ShouldBeOfType<Answer.Refused>()
                .Code.ShouldBe(RefusalCode.NoSuchDialogue);
        }
        server.Live.Count.ShouldBe(before);
    }

    [Fact, Trait("Finding", "A4")]
    public async Task Whoever_is_far_behind_loads_the_page_again_and_whoever_asks_too_often_waits()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        for (var i = 0; i < (Limits.EventsDrawn / 2) + 5; i++)
        {
            (await room.Guide.Wants(new RaiseHand(Up: true))).ShouldBeOfType<Answer.Accepted>();
            (await room.Guide.Wants(new RaiseHand(Up: false))).ShouldBeOfType<Answer.Accepted>();
        }
        await using var line = room.People[0].NewConnection(view: "html");
        await line.StartAsync(Stop);
        var far = await line.InvokeAsync<Batch>("CatchUp", room.Dialogue, 1, Stop);
        (far.Hint, far.Changes).ShouldBe((BatchHint.Reload, null));
        var number = (await server.Live.Read(room.Dialogue, Stop)).Number;
        (await line.InvokeAsync<Batch>("CatchUp", room.Dialogue, number - 1, Stop)).Hint.ShouldBeNull();
        // A second connection of the same seat shares the allowance.
        await using var second = room.People[0].NewConnection(view: "html");
        await second.StartAsync(Stop);
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(i => (i % 2 == 0 ? line : second).InvokeAsync<Batch>("CatchUp", room.Dialogue, number, Stop))
        );
        asked.Count(batch => batch.Hint == BatchHint.Later).ShouldBeGreaterThan(40);
    }

    [Fact, Trait("Finding", "A5")]
    public async Task What_is_so_already_makes_no_event()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Start("open");
        (Person Who, DialogueCommand What)[] wishes =
        [
            (room.People[1], new RaiseHand(Up: true)),
            (room.People[1], new MarkReady(Open, Ready: true)),
            (room.Guide, new GiveRole(room.People[0].Seat, Role.Observer)),
        ];
        foreach (var (who, what) in wishes)
            (await who.Wants(what)).ShouldBeOfType<Answer.Accepted>();
        var number = (await server.Live.Read(room.Dialogue, Stop)).Number;
        for (var i = 0; i < 3; i++)
            foreach (var (who, what) in wishes)
                (await who.Wants(what)).ShouldBe(new Answer.Accepted(number));
        (await server.Live.Read(room.Dialogue, Stop)).Number.ShouldBe(number);
    }

    [Theory, Trait("Finding", "A5")]
    [InlineData(Role.Participant, 48_000)]
    [InlineData(Role.Facilitator, 49_800)]
    public void A_full_log_leaves_room_for_guides_and_for_the_end(Role role, int most)
    {
        Limits.EventsFor(role, new RaiseHand(Up: true)).ShouldBe(most);
        Limits.EventsFor(role, new CloseDialogue()).ShouldBe(Limits.EventsPerDialogue);
    }

    [Fact, Trait("Finding", "A2")]
    public async Task A_drawing_that_fails_makes_only_those_load_the_page_again_and_is_logged_once()
    {
        using var lines = new LoggedLines();
        await using var broken = new RunningServer(lines, ("Storage:Lock", "true"));
        var room = await broken.Room(TestTemplates.Short, 2);
        await room.Start("open");
        var number = (await broken.Live.Read(room.Dialogue, Stop)).Number;
        using var use = broken.Live.Open(room.Dialogue);
        List<Batch> whole = [],
            failing = [];
        await using var line = room.People[0].NewConnection(view: "html");
        await using var other = room.Guide.NewConnection(view: "html");
        line.On<DialogueId, Batch>("Receive", (_, batch) => whole.Add(batch));
        other.On<DialogueId, Batch>("Receive", (_, batch) => failing.Add(batch));
        foreach (var one in (HubConnection[])[line, other])
        {
            await one.StartAsync(Stop);
            await one.InvokeAsync<Batch>("CatchUp", room.Dialogue, number, Stop);
        }
        lines.Take();
        // The guides' drawing of the next number is one that fails.
        use.Room.Renderings[new Stretch(room.Dialogue, number, number + 1, ConnectionView.Html, Role.Facilitator, "nl")] = new(() =>
            Task.FromException<IReadOnlyList<Change>>(new InvalidOperationException("kapot"))
        );
        await room.People[1].Wants(new RaiseHand(Up: true));
        await Sittings.Eventually(() =>
            whole.Exists(batch => batch.Through == number + 1) && failing.Exists(batch => batch.Through == number + 1)
        );
        whole.First(batch => batch.Through == number + 1).Changes.ShouldNotBeEmpty();
        failing.First(batch => batch.Through == number + 1).Hint.ShouldBe(BatchHint.Reload);
        await room.People[1].Wants(new RaiseHand(Up: false));
        await Sittings.Eventually(() => failing.Exists(batch => batch.Through == number + 2));
        failing.First(batch => batch.Through == number + 2).Hint.ShouldBeNull();
        lines.Take().Count(logged => logged.Contains("could not be drawn", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact, Trait("Finding", "B6")]
    public async Task Present_is_who_is_connected_or_was_within_the_last_minute()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var connections = new RoomConnections(clock);
        connections.Saw(new SeatId(1));
        clock.Advance(Limits.PresentFor - TimeSpan.FromSeconds(1));
        connections.Saw(new SeatId(2));
        connections.PresentSeats().ShouldBe([new SeatId(1), new SeatId(2)], ignoreOrder: true);
        clock.Advance(TimeSpan.FromSeconds(2));
        connections.PresentSeats().ShouldBe([new SeatId(2)]);
        await Task.CompletedTask;
    }

    private static CommandId New() => new(Guid.NewGuid());

    private sealed class Poison : IWhenAppended
    {
        public const string Text = "vergif";

        public Task Appended(DialogueDb db, Appended appended, CancellationToken stop) =>
            appended.Events.OfType<ItemsRevealed>().Any(shown => shown.Items.Any(item => item.Text == Text))
                ? throw new InvalidOperationException("poison")
                : Task.CompletedTask;
    }
}

/// <summary>
/// Many dialogues, ten at a time, with a clock that runs ahead: what a node meets in hours. DIALOGUE_ROOMS sets how many; 2,000 takes some
/// minutes.
/// </summary>
public sealed class EvictionTests
{
    private const int Blocks = 4;

    [Fact, Trait("Finding", "A3")]
    public async Task Nothing_of_a_dialogue_stays_in_memory_after_everybody_has_left()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new RunningServer(
            services => services.AddSingleton<TimeProvider>(clock),
            ("Mail:Folder", Path.GetTempPath())
        );
        var perBlock = int.Parse(Environment.GetEnvironmentVariable("DIALOGUE_ROOMS") ?? "400", CultureInfo.InvariantCulture) / Blocks;
        var kept = new List<long>();
        var rooms = new List<WeakReference>();
        for (var block = 0; block < Blocks; block++)
        {
            for (var i = 0; i < perBlock; i += 10)
                await Task.WhenAll(Enumerable.Range(0, 10).Select(one => Hold(server, rooms, connect: one == 0)));
            for (var minute = 0; minute < 10; minute++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
            await Sittings.Eventually(() => server.Live.Count == 0);
            kept.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", kept.Select(bytes => $"{bytes / 1024:N0} kB")));
        // A thread's stack or a pooled buffer may still point at the last ones.
        rooms.Count(room => room.IsAlive).ShouldBeLessThan(20);
        ((kept[^1] - kept[0]) / (double)(perBlock * (Blocks - 1))).ShouldBeLessThan(2_000, "bytes kept for each dialogue");
    }

    private static async Task Hold(RunningServer server, List<WeakReference> rooms, bool connect)
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        await room.People[0].Wants(new AddItem(new PhaseId("open"), ItemKind.Effect, new string('x', 2_000)));
        if (connect)
        {
            await using var person = room.People[0];
            await person.Connect();
        }
        using var use = server.Live.Open(room.Dialogue);
        lock (rooms)
            rooms.Add(new WeakReference(use.Room));
    }
}
