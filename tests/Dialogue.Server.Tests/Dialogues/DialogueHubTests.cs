using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Dialogue.Activities.Contribute;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dialogue.Dialogues;

public sealed class DialogueHubTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static Answer.Refused Refused(Answer answer) => answer.ShouldBeOfType<Answer.Refused>();

    [Fact]
    public async Task What_is_pushed_and_what_is_pulled_are_the_same_for_every_viewer()
    {
        var room = await server.Room(TestTemplates.Short, 3);
        await using var early = room.People[0];
        await early.Connect();
        await room.Start("open");
        await room.People[1].Wants(new AddItem(new("open"), ItemKind.Effect, "voor allen"));
        await room.Start("blind");
        await room.People[0].Wants(new AddItem(new("blind"), ItemKind.Effect, "van mij"));
        await room.People[1].Wants(new AddItem(new("blind"), ItemKind.Effect, "niet van mij"));
        await Eventually(() => early.Number == server.Live.Read(room.Dialogue).Result.Number);
        early.Seen.Select(seen => seen.Event).OfType<ItemWritten>().Select(written => written.Item.Text).ShouldBe(["van mij"]);

        var late = new Person(server, room.Dialogue, early.Seat, early.Token);
        await late.Connect();
        late.Seen.Select(Json).ShouldBe(early.Seen.Select(Json));
        await late.DisposeAsync();
    }

    [Fact]
    public async Task Before_the_reveal_nobody_else_is_sent_what_somebody_wrote()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Guide.Connect();
        await room.People[1].Connect();
        await room.Start("blind");
        await room.People[0].Wants(new AddItem(new("blind"), ItemKind.Effect, "GEHEIM"));
        var number = (await server.Live.Read(room.Dialogue)).Number;
        await Eventually(() => room.Guide.Number == number && room.People[1].Number == number);
        room.Guide.Seen.Concat(room.People[1].Seen).Select(Json).ShouldAllBe(json => !json.Contains("GEHEIM", StringComparison.Ordinal));
        await room.Guide.Wants(new CloseRound(new("blind")));
        await Eventually(() => room.People[1].Seen.Any(seen => Json(seen).Contains("GEHEIM", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Everybody_sees_how_many_of_those_present_are_ready_and_nobody_but_the_guides_sees_who()
    {
        var room = await server.Room(TestTemplates.Short, 3);
        var batches = new ConcurrentQueue<Batch>();
        await using var screen = room.People[0].NewConnection(view: "html");
        screen.On<DialogueId, Batch>("Receive", (_, batch) => batches.Enqueue(batch));
        await screen.StartAsync(TestContext.Current.CancellationToken);
        await screen.InvokeAsync<Batch>("CatchUp", room.Dialogue, 0, TestContext.Current.CancellationToken);
        await room.People[1].Connect();
        await room.Start("open");
        await room.People[1].Wants(new MarkReady(new("open"), true));
        // The third has no connection: away, so nobody waits for them.
        await Eventually(() =>
            batches.Any(batch =>
                batch.Changes!.Any(change => change.Target == "ready-count" && change.Html!.Contains("1 van 2", StringComparison.Ordinal))
            )
        );
        batches.SelectMany(batch => batch.Changes!).Where(change => change.Target == "people").ShouldBeEmpty();
        batches
            .SelectMany(batch => batch.Changes!)
            .ShouldAllBe(change => change.Html == null || !change.Html.Contains("Deelnemer 2", StringComparison.Ordinal));
        room.People[0].Seen.ShouldBeEmpty();
        await room.People[1].DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_taken_from_the_table_is_told_so_and_hears_nothing_more()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await using var gone = room.People[0];
        var line = await gone.Connect();
        var ended = new TaskCompletionSource();
        line.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await room.Guide.Wants(new RemoveSeat(gone.Seat, "Verkeerde zaal"));
        await room.Start("open");
        await room.People[1].Wants(new AddItem(new("open"), ItemKind.Effect, "na het vertrek"));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        gone.Seen.Select(seen => seen.Event).OfType<SeatRemoved>().ShouldHaveSingleItem().Seat.ShouldBe(gone.Seat);
        gone.Seen.Select(Json).ShouldAllBe(json => !json.Contains("na het vertrek", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_id_of_somebody_else_is_a_wish_of_ones_own()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Start("open");
        var id = new CommandId(Guid.NewGuid());
        var first = await room.People[0].Wants(new AddItem(new("open"), ItemKind.Effect, "de eerste"), id);
        (await room.People[0].Wants(new AddItem(new("open"), ItemKind.Effect, "de eerste"), id)).ShouldBe(first);
        (await room.People[0].Wants(new AddItem(new("open"), ItemKind.Effect, "iets anders"), id))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.Malformed);
        (await room.People[1].Wants(new AddItem(new("open"), ItemKind.Effect, "de tweede"), id)).ShouldNotBe(first);
        room.State.ShownIn(new("open")).Select(item => item.Text).ShouldBe(["de eerste", "de tweede"]);
    }

    [Fact]
    public async Task A_connection_without_a_seat_is_shown_the_door()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var other = await server.Room(TestTemplates.Short, 1);
        await using var connection = room.People[0].NewConnection(elsewhere: other.Dialogue);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<Exception>(() =>
            connection.InvokeAsync<Batch>("CatchUp", other.Dialogue, 0, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_connection_speaks_for_its_own_dialogue_only()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var other = await server.Room(TestTemplates.Short, 1);
        await using var guide = room.Guide;
        var connection = await guide.Connect();
        Refused(
            await connection.InvokeAsync<Answer>(
                "Perform",
                other.Dialogue,
                new CommandId(Guid.NewGuid()),
                (DialogueCommand)new PauseDialogue(),
                TestContext.Current.CancellationToken
            )
        )
            .Code.ShouldBe(RefusalCode.NotAllowed);
    }

    [Fact]
    public async Task A_role_taken_away_counts_at_the_next_command()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Start("open");
        await using var person = room.People[0];
        var connection = await person.Connect();
        var add = new AddItem(new("open"), ItemKind.Effect, "x");
        (
            await connection.InvokeAsync<Answer>(
                "Perform",
                room.Dialogue,
                new CommandId(Guid.NewGuid()),
                (DialogueCommand)add,
                TestContext.Current.CancellationToken
            )
        ).ShouldBeOfType<Answer.Accepted>();
        await room.Guide.Wants(new GiveRole(person.Seat, Role.Observer));
        Refused(
            await connection.InvokeAsync<Answer>(
                "Perform",
                room.Dialogue,
                new CommandId(Guid.NewGuid()),
                (DialogueCommand)add,
                TestContext.Current.CancellationToken
            )
        )
            .Code.ShouldBe(RefusalCode.NotAllowed);
    }

    [Theory]
    [InlineData("""{"$type":"dialogue/nonsense"}""")]
    [InlineData("""{"$type":"contribute/add-item","phase":"open","kind":"effect","text":"x","author":"iemand anders"}""")]
    [InlineData("""{"$type":"contribute/add-item","phase":"open","kind":"effect","text":17}""")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_hand_made_command_is_refused_stores_nothing_and_tells_nothing(string command)
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        await using var person = room.People[0];
        var connection = await person.Connect();
        var before = (await server.Live.Read(room.Dialogue)).Number;
        try
        {
            var answer = await connection.InvokeAsync<Answer>(
                "Perform",
                room.Dialogue,
                new CommandId(Guid.NewGuid()),
                JsonSerializer.Deserialize<JsonElement>(command),
                TestContext.Current.CancellationToken
            );
            answer.ShouldBeOfType<Answer.Refused>();
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            e.Message.ShouldNotContain("System.Text");
        }
        (await server.Live.Read(room.Dialogue)).Number.ShouldBe(before);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Another_site_cannot_reach_the_hub(string origin, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Origin", origin);
        (
            await http.PostAsync("/hubs/dialogue/negotiate?negotiateVersion=1", content: null, TestContext.Current.CancellationToken)
        ).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Somebody_who_hammers_is_slowed_down()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        await using var person = room.People[0];
        var connection = await person.Connect();
        var answers = new List<Answer>();
        for (var i = 0; i < 60; i++)
            answers.Add(
                await connection.InvokeAsync<Answer>(
                    "Perform",
                    room.Dialogue,
                    new CommandId(Guid.NewGuid()),
                    (DialogueCommand)new RaiseHand(i % 2 == 0),
                    TestContext.Current.CancellationToken
                )
            );
        answers.OfType<Answer.Refused>().Select(refused => refused.Code).Distinct().ShouldBe([RefusalCode.TooFast]);
    }

    private static string Json(NumberedEvent seen) => JsonSerializer.Serialize(seen, ModelJson.Lenient);

    private static async Task Eventually(Func<bool> holds)
    {
        for (var i = 0; i < 100 && !holds(); i++)
            await Task.Delay(50);
        holds().ShouldBeTrue();
    }
}
