using System.Text.Json;
using Dialogue.Activities.Contribute;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

public sealed class DialogueLogTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_same_command_twice_is_one_wish_with_one_answer()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        await room.Start("open");
        var id = new CommandId(Guid.NewGuid());
        var command = new AddItem(new("open"), ItemKind.Effect, "Wie weinig online is, valt weg.");
        var first = await room.People[0].Wants(command, id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => room.People[0].Wants(command, id)));
        answers.ShouldAllBe(answer => answer == first);
        room.State.ShownIn(new("open")).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_command_that_was_granted_before_gets_its_earlier_answer()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var id = new CommandId(Guid.NewGuid());
        var next = new StartPhase(new("open"), null);
        var granted = await room.Guide.Wants(next, id);
        granted.ShouldBeOfType<Answer.Accepted>();
        // Now it would be refused: the phase is no longer where this command thought it was.
        (await room.Guide.Wants(next))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.AlreadyAdvanced);
        (await room.Guide.Wants(next, id)).ShouldBe(granted);
    }

    [Fact]
    public async Task Two_facilitators_press_next_at_once_and_there_is_one_transition()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var second = await room.Sit("Bas", Role.CoFacilitator);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? room.Guide : second).Wants(new StartPhase(new("open"), null)))
        );
        answers.OfType<Answer.Accepted>().Count().ShouldBe(1);
        answers.OfType<Answer.Refused>().ShouldAllBe(refused => refused.Code == RefusalCode.AlreadyAdvanced);
    }

    [Fact, Trait("Finding", "A6")]
    public async Task An_append_on_another_history_does_not_land_and_leaves_nothing()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        using var use = server.Live.Open(room.Dialogue);
        var snapshot = await use.Room.Read(TestContext.Current.CancellationToken);
        var command = new CommandId(Guid.NewGuid());
        // The number is right; what came before is not.
        var other = snapshot with
        {
            Head = HashChain.Next(snapshot.Head, "{}"),
        };
        DialogueEvent[] events = [new HandRaised(room.Guide.Seat, Up: true)];
        var lines = HashChain.Lines(other.Head, events);
        var late = new Append(
            use.Room,
            use.Room.Epoch,
            other,
            other.With(events, lines[0].Hash),
            new Appended(room.Dialogue, snapshot.State, snapshot.State, events, snapshot.Number + 1, default),
            lines,
            new Receipt(command, snapshot.Number + 1, new byte[Receipt.PayloadLength])
        );
        server.Get<LogWriter>().TryAppend(late).ShouldBeTrue();
        (await late.Done.Task).ShouldBe(AppendOutcome.Overtaken);
        (await server.Get<LogReader>().Receipt(room.Dialogue, command, TestContext.Current.CancellationToken)).ShouldBeNull();
        // And the room goes on from what the log says.
        (await room.Guide.Wants(new RaiseHand(Up: true))).ShouldBe(new Answer.Accepted(snapshot.Number + 1));
    }

    [Fact]
    public async Task Appends_that_wait_together_each_keep_their_own_answer()
    {
        var rooms = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Room(TestTemplates.Short, 1)));
        await Task.WhenAll(rooms.Select(room => room.Start("open")));
        var log = server.Get<LogWriter>();
        var work = Enumerable
            .Range(0, 40)
            .Select(i =>
                i == 20
                    ? log.Write(rooms[0].Dialogue, (_, _) => throw new InvalidOperationException("poison"))
                    : (Task)rooms[i % 8].People[0].Wants(new AddItem(new("open"), ItemKind.Effect, $"nummer {i}"))
            )
            .ToList();
        await Should.ThrowAsync<InvalidOperationException>(() => work[20]);
        await Task.WhenAll(work.Where((_, i) => i != 20));
        rooms.Sum(room => room.State.ShownIn(new("open")).Count()).ShouldBe(39);
    }

    [Fact]
    public async Task A_commit_that_fails_stops_nobody_after_it()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        await Should.ThrowAsync<OutcomeUnknown>(() =>
            server
                .Get<LogWriter>()
                .Write(
                    room.Dialogue,
                    (db, _) =>
                    {
                        db.Database.GetDbConnection().Close();
                        return Task.CompletedTask;
                    }
                )
        );
        (await room.People[0].Wants(new AddItem(new("open"), ItemKind.Effect, "hierna"))).ShouldBeOfType<Answer.Accepted>();
        room.State.ShownIn(new("open")).Select(item => item.Text).ShouldBe(["hierna"]);
    }

    [Fact]
    public async Task What_the_log_holds_is_the_dialogue()
    {
        var room = await server.Room(TestTemplates.Short, 3);
        await room.Start("open");
        await room.People[0].Wants(new AddItem(new("open"), ItemKind.Effect, "een"));
        await room.Start("blind");
        await room.People[1].Wants(new AddItem(new("blind"), ItemKind.Effect, "twee"));
        await room.Start("open");
        var stored = (await server.Get<LogReader>().Read(room.Dialogue, 0, HashChain.Start, TestContext.Current.CancellationToken)).Events;
        var live = await server.Live.Read(room.Dialogue);
        stored.Count.ShouldBe(live.Number);
        stored.Select(Json).ShouldBe(live.Log.Take(live.Number).Select(Json));
        DialogueState
            .Empty.Fold(stored)
            .Items.Values.Select(held => held.Item)
            .ShouldBe(room.State.Items.Values.Select(held => held.Item), ignoreOrder: true);
    }

    [Fact]
    public async Task A_refusal_stores_nothing()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var before = (await server.Live.Read(room.Dialogue)).Number;
        (await room.People[0].Wants(new StartPhase(new("open"), null)))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.NotAllowed);
        await using var db = await server.Database();
        (await db.Set<EventRow>().CountAsync(row => row.DialogueId == room.Dialogue.Value, TestContext.Current.CancellationToken)).ShouldBe(
            before
        );
    }

    private static string Json(DialogueEvent happened) => JsonSerializer.Serialize(happened, ModelJson.Lenient);
}
