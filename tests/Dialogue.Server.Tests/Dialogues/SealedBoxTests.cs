using Dialogue.Anonymous;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

public sealed class SealedBoxTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly PhaseId Box = new("anoniem");

    private Task<Answer> Put(TestRoom room, Ticket ticket, SealedEntry? entry) =>
        server.Get<Drop>().Into(room.Dialogue, Box, ticket, entry);

    private async Task<TestRoom> InTheBox()
    {
        var room = await server.Room(TestTemplates.Short, 5);
        await room.Start("open");
        await room.Start("anoniem");
        return room;
    }

    [Fact]
    public async Task What_was_dropped_comes_out_once_and_without_a_sender()
    {
        var room = await InTheBox();
        foreach (var (person, i) in room.People.Select((person, i) => (person, i)))
        {
            var ticket = (await person.Tickets("anoniem"))[0];
            // The same entry with the same ticket, as after a lost answer, is one entry.
            (await Put(room, ticket, new SealedItem(ItemKind.Argument, $"reden {i}"))).ShouldBeOfType<Answer.Accepted>();
            (await Put(room, ticket, new SealedItem(ItemKind.Argument, $"reden {i}"))).ShouldBeOfType<Answer.Accepted>();
        }
        room.State.ShownIn(Box).ShouldBeEmpty();
        (await room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Accepted>();
        var shown = room.State.ShownIn(Box).ToList();
        shown.Select(item => item.Text).ShouldBe(Enumerable.Range(0, 5).Select(i => $"reden {i}"), ignoreOrder: true);
        shown.ShouldAllBe(item => item.By == null && item.Perspective == null);
        await using var db = await server.Database();
        (
            await db.Set<SealedRow>().AnyAsync(row => row.DialogueId == room.Dialogue.Value, TestContext.Current.CancellationToken)
        ).ShouldBeFalse();
        (
            await db.Set<TicketRow>().AnyAsync(row => row.DialogueId == room.Dialogue.Value, TestContext.Current.CancellationToken)
        ).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_holds_the_ticket_may_reword_or_take_back()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        await Put(room, tickets[0], new SealedItem(ItemKind.Argument, "eerst zo"));
        await Put(room, tickets[0], new SealedItem(ItemKind.Argument, "nu anders"));
        await Put(room, tickets[1], new SealedItem(ItemKind.Argument, "dit toch niet"));
        await Put(room, tickets[1], null);
        await Put(room, tickets[2], new SealedItem(ItemKind.Argument, "b"));
        await Put(room, tickets[3], new SealedItem(ItemKind.Argument, "c"));
        await room.Guide.Wants(new CloseRound(Box));
        room.State.ShownIn(Box).Select(item => item.Text).Order().ShouldBe(["b", "c", "nu anders"]);
    }

    [Fact]
    public async Task Too_few_entries_keep_the_box_shut_and_lose_nothing()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        await Put(room, tickets[0], new SealedItem(ItemKind.Argument, "een"));
        await Put(room, tickets[1], new SealedItem(ItemKind.Argument, "twee"));
        (await room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Refused>().Code.ShouldBe(RefusalCode.TooFewEntries);
        await room.Start("open");
        await room.Start("anoniem");
        await Put(room, tickets[2], new SealedItem(ItemKind.Argument, "drie"));
        (await room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Accepted>();
        room.State.ShownIn(Box).Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_ticket_that_was_never_given_opens_nothing()
    {
        var room = await InTheBox();
        (await Put(room, new Ticket(new string('a', 44)), new SealedItem(ItemKind.Argument, "x")))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.TicketUnknown);
    }

    [Fact, Trait("Finding", "C6")]
    public async Task Whoever_lost_the_answer_asks_again_and_gets_the_same_tickets_and_another_device_gets_none()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        tickets.Distinct().Count().ShouldBe(Limits.TicketsPerSeatAndPhase);
        (await room.People[0].Tickets("anoniem")).ShouldBe(tickets);
        (await room.People[0].Tickets("anoniem", new byte[TicketPad.Length])).ShouldBeEmpty();
        (await room.People[1].Tickets("anoniem")).ShouldNotContain(ticket => tickets.Contains(ticket));
    }

    [Fact, Trait("Finding", "C6")]
    public async Task One_entry_that_two_tabs_send_with_its_ticket_is_one_entry()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Put(room, tickets[0], new SealedItem(ItemKind.Argument, "een keer")))
        );
        answers.ShouldAllBe(answer => answer is Answer.Accepted);
        (await server.Get<SealedBox>().Read(room.Dialogue, Box)).Entries.Count.ShouldBe(1);
    }

    [Fact, Trait("Finding", "K3")]
    public async Task There_is_no_request_that_shows_in_the_log_of_a_proxy_when_somebody_draws()
    {
        var room = await InTheBox();
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", room.People[0].Token);
        (
            await http.PostAsync($"/api/v1/dialogues/{room.Dialogue}/boxes/anoniem/tickets", null, TestContext.Current.CancellationToken)
        ).StatusCode.ShouldBeOneOf(System.Net.HttpStatusCode.NotFound, System.Net.HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_closed_box_takes_nothing_more()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        for (var i = 0; i < 3; i++)
            await Put(room, tickets[i], new SealedItem(ItemKind.Argument, $"{i}"));
        await room.Guide.Wants(new CloseRound(Box));
        (await Put(room, tickets[4], new SealedItem(ItemKind.Argument, "te laat")))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.BoxClosed);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task With_fewer_than_five_at_the_table_an_anonymous_phase_does_not_open(int atTheTable)
    {
        var room = await server.Room(TestTemplates.Short, atTheTable - 1);
        var answer = await room.Guide.Wants(new StartPhase(Box, null));
        if (atTheTable < Limits.SeatsForAnonymity)
            answer.ShouldBeOfType<Answer.Refused>().Code.ShouldBe(RefusalCode.TooFewSeats);
        else
            answer.ShouldBeOfType<Answer.Accepted>();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public async Task With_fewer_than_three_entries_a_box_is_not_shown(int entries)
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        for (var i = 0; i < entries; i++)
            await Put(room, tickets[i], new SealedItem(ItemKind.Argument, $"{i}"));
        var answer = await room.Guide.Wants(new CloseRound(Box));
        if (entries < Limits.EntriesForReveal)
            answer.ShouldBeOfType<Answer.Refused>().Code.ShouldBe(RefusalCode.TooFewEntries);
        else
            answer.ShouldBeOfType<Answer.Accepted>();
        room.State.ShownIn(Box).Count().ShouldBe(entries < Limits.EntriesForReveal ? 0 : entries);
    }

    [Fact]
    public async Task What_was_too_little_to_be_shown_is_thrown_away_when_the_dialogue_closes()
    {
        var room = await InTheBox();
        var tickets = await room.People[0].Tickets("anoniem");
        await Put(room, tickets[0], new SealedItem(ItemKind.Argument, "alleen dit"));
        await room.Start("open");
        (await room.Guide.Wants(new CloseDialogue("Niets afgesproken"))).ShouldBeOfType<Answer.Accepted>();
        await using var db = await server.Database();
        (
            await db.Set<SealedRow>().AnyAsync(row => row.DialogueId == room.Dialogue.Value, TestContext.Current.CancellationToken)
        ).ShouldBeFalse();
        (
            await db.Set<TicketRow>().AnyAsync(row => row.DialogueId == room.Dialogue.Value, TestContext.Current.CancellationToken)
        ).ShouldBeFalse();
    }

    [Fact]
    public async Task No_anonymous_table_can_hold_a_person_a_moment_or_an_order()
    {
        await using var db = await server.Database();
        foreach (var row in (Type[])[typeof(SealedRow), typeof(TicketRow)])
        {
            var entity = db.Model.FindEntityType(row)!;
            entity.GetProperties().Select(property => property.Name).ShouldBeSubsetOf(["Hash", "DialogueId", "Activity", "Payload"]);
            entity.GetForeignKeys().ShouldBeEmpty();
            entity.FindPrimaryKey()!.Properties.Single().Name.ShouldBe("Hash");
        }
    }
}
