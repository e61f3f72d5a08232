using Dialogue.Rehearsal;
using Dialogue.Wire;

namespace Dialogue;

/// <summary>A checker that never complains proves nothing: each planted wrong must be told.</summary>
public class HistoryCheckerTests
{
    private static readonly Viewer Yusuf = new(new SeatId(4), Role.Participant);
    private static readonly Item Item = new(new ItemId(77), new PhaseId("live"), ItemKind.Effect, "Post komt niet aan");
    private static readonly DialogueEvent[] Events =
    [
        Room.Prepared,
        new LobbyOpened(null, Scenes.Now),
        new PhaseStarted(Item.Phase, null, Scenes.Now),
        new ItemWritten(new SeatId(4), Item),
        new ItemsRevealed(Item.Phase, [Item]),
        new ItemSpotlit(Item.Id),
    ];

    private static readonly Contribution[] Sent =
    [
        new($"written {Item.Text}", Accepted: true, new SeatId(4)),
        new($"shown {Item.Text}", Accepted: true),
        new("shown Geweigerd", Accepted: false),
    ];

    private readonly HistoryChecker checker = new();

    private static List<Seen> Live => [.. Events.Select((happened, at) => new Seen(at + 1, happened))];

    private static NumberedEvent[] Fetched => [.. Events.Select((happened, at) => new NumberedEvent(at + 1, happened))];

    private (int Lost, int Duplicated, int OutOfOrder, int WrongEyes) Told(
        IReadOnlyList<Seen> seen,
        IReadOnlyList<NumberedEvent>? fetched = null,
        int outOfOrder = 0,
        Viewer? viewer = null
    )
    {
        checker.CheckViewer(viewer ?? Yusuf, seen, fetched ?? Fetched, outOfOrder);
        return (checker.Lost, checker.Duplicated, checker.OutOfOrder, checker.SeenByTheWrongPerson);
    }

    private (int Lost, int Duplicated, int OutOfOrder, int WrongEyes) ToldOf(
        IReadOnlyList<Contribution> sent,
        IReadOnlyList<Seen> history,
        int seat = 4
    )
    {
        checker.CheckContributions(sent, new SeatId(seat), history);
        return (checker.Lost, checker.Duplicated, checker.OutOfOrder, checker.SeenByTheWrongPerson);
    }

    [Fact]
    public void A_good_history_gives_no_complaint()
    {
        Told(Live).ShouldBe((0, 0, 0, 0));
        ToldOf(Sent, Live).ShouldBe((0, 0, 0, 0));
        checker.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void An_event_that_never_came_is_lost()
    {
        Told([.. Live.Where(one => one.Number != 5)]).ShouldBe((1, 0, 0, 0));
        checker.Problems.ShouldHaveSingleItem().ShouldContain("never saw number 5: item/revealed.v1");
    }

    [Fact]
    public void An_event_that_is_gone_from_the_record_is_lost() =>
        Told(Live, [.. Fetched.Where(one => one.Number != 5)]).ShouldBe((1, 0, 0, 0));

    [Fact]
    public void A_record_that_says_something_else_than_was_seen_is_a_loss() =>
        Told([.. Live.Select(one => one.Number == 6 ? one with { Event = new ItemSpotlit(null) } : one)]).ShouldBe((1, 0, 0, 0));

    [Fact]
    public void An_event_that_came_twice_is_a_duplicate()
    {
        var live = Live;
        live.Insert(3, live[2]);
        Told(live).ShouldBe((0, 1, 0, 0));
    }

    [Fact]
    public void A_number_that_the_record_has_twice_is_a_duplicate() => Told(Live, [.. Fetched, Fetched[5]]).ShouldBe((0, 1, 0, 0));

    [Fact]
    public void Events_in_another_order_are_told()
    {
        var live = Live;
        (live[3], live[4]) = (live[4], live[3]);
        Told(live).ShouldBe((0, 0, 1, 0));
    }

    [Fact]
    public void What_the_client_found_out_of_order_within_a_batch_is_told() => Told(Live, outOfOrder: 2).ShouldBe((0, 0, 2, 0));

    [Fact]
    public void What_another_wrote_for_themselves_is_seen_by_the_wrong_person()
    {
        Told(Live, viewer: Yusuf with { Seat = new SeatId(5) }).ShouldBe((0, 0, 0, 1));
        checker.Problems.ShouldHaveSingleItem().ShouldContain("seat 5 saw number 4: item/written.v1");
    }

    [Fact]
    public void An_acknowledged_contribution_that_nobody_sees_is_lost()
    {
        ToldOf(Sent, [.. Live.Where(one => one.Event is not ItemsRevealed)]).ShouldBe((1, 0, 0, 0));
        checker.Problems.ShouldHaveSingleItem().ShouldBe($"lost for seat 4: shown {Item.Text}");
    }

    [Fact]
    public void An_acknowledged_contribution_that_is_there_twice_is_a_duplicate() =>
        ToldOf(Sent, [.. Live, new Seen(7, new ItemsRevealed(Item.Phase, [Item with { Id = new(78) }]))]).ShouldBe((0, 1, 0, 0));

    [Fact]
    public void A_refused_contribution_that_appears_all_the_same_is_told() =>
        ToldOf(Sent, [.. Live, new Seen(7, new ItemsRevealed(Item.Phase, [Item with { Id = new(78), Text = "Geweigerd" }]))])
            .ShouldBe((0, 1, 0, 0));

    [Fact]
    public void A_contribution_for_other_eyes_is_seen_by_the_wrong_person() => ToldOf(Sent, Live, seat: 5).ShouldBe((0, 0, 0, 1));
}
