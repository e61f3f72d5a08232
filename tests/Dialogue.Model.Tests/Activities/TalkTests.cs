using System.Text.Json;
using Dialogue.Activities.Talk;
using Dialogue.Wire;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue.Activities;

public class TalkTests
{
    private static readonly PhaseId Round = Id("ronde");
    private static readonly PhaseId Free = Id("vrij");

    /// <summary>Marja (5) begins, and it goes round the table by seat: 6, 7, 8, 3, 4 and, higher in rank, 10.</summary>
    private static Scene Going =>
        Given(In("ronde"))
            .And(new TurnsStarted(Round, [new(5), new(6), new(7), new(8), new(10), new(3), new(4)]), new TurnGiven(Round, new(5)));

    private static int? Speaks(DialogueState state) => ((TalkState)state.CurrentPhase!.State).Speaking(state)?.Id.Value;

    private static int[] Coming(DialogueState state) =>
        [.. ((TalkState)state.CurrentPhase!.State).Coming(state, state.CurrentPhase).Select(seat => seat.Id.Value)];

    private static int? Next(DialogueState state) => ((TalkState)state.CurrentPhase!.State).Next(state, state.CurrentPhase)?.Id.Value;

    private static ItemId Only(DialogueState state) => state.ShownIn(state.CurrentPhase!.Id).ShouldHaveSingleItem().Id;

    [Fact]
    public void A_round_gives_everybody_with_a_voice_one_turn_and_guides_and_observers_none()
    {
        var scene = Given(In("ronde")).When(new StartTurns(Round), Facilitator).And;
        var spoke = new List<int> { Speaks(scene.State)!.Value };
        while (Next(scene.State) is { } next)
        {
            scene = scene.When(new GiveTurn(Round, From: new SeatId(spoke[^1])), Facilitator).And;
            spoke.Add(next);
            Speaks(scene.State).ShouldBe(next);
        }
        spoke.Order().ShouldBe([3, 4, 5, 6, 7, 8, 10]);
    }

    [Fact]
    public void A_round_begins_at_a_place_that_is_drawn_and_whoever_is_higher_in_rank_comes_last()
    {
        var firsts = Enumerable
            .Range(0, 40)
            .Select(seed => Given(In("ronde")).When(new StartTurns(Round), Facilitator, seed).After)
            .ToArray();
        firsts.Select(Speaks).Distinct().Count().ShouldBeGreaterThan(3);
        foreach (var state in firsts)
            Coming(state)[^1].ShouldBe(10);
    }

    [Fact]
    public void Two_clicks_on_next_skip_nobody()
    {
        var next = new GiveTurn(Round, From: new SeatId(5));
        var scene = Going.When(next, Facilitator).Then(new TurnGiven(Round, new SeatId(6))).And;
        scene.When(next, CoFacilitator).ThenRefused(RefusalCode.TurnMoved);
        Going.When(new StartTurns(Round), Facilitator).ThenRefused(RefusalCode.TurnMoved);
    }

    [Fact]
    public void A_guide_gives_the_turn_to_somebody_in_particular_and_the_round_goes_on_after_that()
    {
        var state = Going.When(new GiveTurn(Round, new SeatId(8), new SeatId(5)), Facilitator).After;
        Speaks(state).ShouldBe(8);
        Coming(state).ShouldBe([6, 7, 3, 4, 10]);
    }

    [Fact]
    public void Whoever_speaks_hands_on_the_turn_and_nobody_can_tell_whether_that_was_a_pass()
    {
        Going.When(new PassTurn(Round), Marja).Then(new TurnGiven(Round, new SeatId(6)));
        Going.When(new GiveTurn(Round, From: new SeatId(5)), Facilitator).Then(new TurnGiven(Round, new SeatId(6)));
    }

    [Fact]
    public void Whoever_waits_can_pass_once_and_can_still_raise_a_hand()
    {
        var scene = Going.When(new PassTurn(Round), Dex).Then(new TurnPassed(Round, new SeatId(6))).And;
        Next(scene.State).ShouldBe(7);
        scene.When(new PassTurn(Round), Dex).ThenRefused(RefusalCode.NoSuchTurn);
        scene
            .When(new RaiseHand(Up: true), Dex)
            .And.When(new GiveTurn(Round, new SeatId(6), new SeatId(5)), Facilitator)
            .Then(new TurnGiven(Round, new SeatId(6)), new HandRaised(new SeatId(6), Up: false));
    }

    [Fact]
    public void After_the_round_come_the_hands_and_after_those_nobody()
    {
        var scene = Given(In("ronde")).And(new TurnsStarted(Round, [new(5)]), new TurnGiven(Round, new(5)));
        foreach (var seat in Coming(scene.State))
            scene = scene.And(new TurnPassed(Round, new SeatId(seat)));
        scene = scene.And(new HandRaised(new(8), Up: true), new HandRaised(new(7), Up: true));
        var given = scene
            .When(new GiveTurn(Round, From: new SeatId(5)), Facilitator)
            .Then(new TurnGiven(Round, new SeatId(8)), new HandRaised(new SeatId(8), Up: false))
            .And;
        var last = given.When(new GiveTurn(Round, From: new SeatId(8)), Facilitator).And;
        var nobody = last.When(new GiveTurn(Round, From: new SeatId(7)), Facilitator).Then(new TurnGiven(Round, null)).And;
        nobody.When(new GiveTurn(Round), Facilitator).ThenRefused(RefusalCode.NoSuchTurn);
        nobody.When(new StartTurns(Round), Facilitator).Then<TurnsStarted>();
    }

    [Fact]
    public void In_a_free_talk_hands_are_heard_in_order_and_nothing_is_kept_of_who_spoke()
    {
        var scene = Given(In("vrij")).And(new HandRaised(new(7), Up: true), new HandRaised(new(4), Up: true));
        Next(scene.State).ShouldBe(7);
        scene.When(new StartTurns(Free), Facilitator).ThenRefused(RefusalCode.NotAllowed);
        scene = scene.When(new GiveTurn(Free), Facilitator).And;
        Speaks(scene.State).ShouldBe(7);
        ((TalkState)scene.State.CurrentPhase!.State).Been.ShouldBeEmpty();
        scene.When(new PassTurn(Free), Alina).Then(new TurnGiven(Free, null));
    }

    [Fact]
    public void Whoever_comes_late_has_a_turn_and_whoever_left_or_only_looks_on_has_none()
    {
        var scene = Going.And(new SeatTaken(new(11), Role.Participant), new SeatLeft(new(6)), new RoleGiven(new(7), Role.Observer));
        Coming(scene.State).ShouldBe([8, 3, 4, 11, 10]);
        foreach (var seat in new[] { 6, 7, 9, 99 })
            scene.When(new GiveTurn(Round, new SeatId(seat), new SeatId(5)), Facilitator).ThenRefused(RefusalCode.NoSuchTurn);
        Speaks(scene.And(new SeatLeft(new(5))).State).ShouldBeNull();
        scene.And(new SeatLeft(new(5))).When(new GiveTurn(Round), Facilitator).Then(new TurnGiven(Round, new SeatId(8)));
    }

    [Fact]
    public void Coming_back_to_the_phase_and_a_pause_keep_whose_turn_it_is()
    {
        var state = Going
            .And(
                new DialoguePaused(Now),
                new DialogueResumed(Now),
                new PhaseStarted(Id("live"), Round, Now),
                new PhaseStarted(Round, Id("live"), Now)
            )
            .State;
        Speaks(state).ShouldBe(5);
        Coming(state).ShouldBe([6, 7, 8, 3, 4, 10]);
    }

    [Fact]
    public void A_spoken_point_is_shown_at_once_without_a_name_or_a_point_of_view_and_feeds_later_phases()
    {
        var outcome = Going.When(new CapturePoint(Round, ItemKind.Argument, " De brief is te moeilijk "), CoFacilitator);
        outcome.Events.Select(e => e.GetType()).ShouldBe([typeof(ItemWritten), typeof(ItemsRevealed)]);
        var item = outcome.Then<ItemsRevealed>().Items.ShouldHaveSingleItem();
        (item.Kind, item.Text, item.Perspective, item.By).ShouldBe((ItemKind.Argument, "De brief is te moeilijk", null, null));
        var later = outcome.And.And(new PhaseStarted(Free, Round, Now)).State;
        later.WorkedOn(later.CurrentPhase!).ShouldContain(item);
    }

    [Fact]
    public void A_point_that_was_not_said_is_disputed_without_a_name_and_reworded_or_taken_back_by_any_guide()
    {
        var captured = Going.When(new CapturePoint(Round, ItemKind.Argument, "De brief is te moeilijk"), CoFacilitator).And;
        var id = Only(captured.State);
        var asked = captured
            .When(new RequestCorrection(Round, id, " De envelop "), Yusuf)
            .Then(new CorrectionRequested(Round, id, "De envelop"))
            .And;
        IEnumerable<Correction> Open(DialogueState state) => ((TalkState)state.CurrentPhase!.State).OpenOn(state.Items[id].Item);
        Open(asked.State).ShouldHaveSingleItem().Text.ShouldBe("De envelop");
        Open(asked.When(new EditItem(id, "De envelop is te moeilijk"), Facilitator).After).ShouldBeEmpty();
        asked.When(new WithdrawItem(id), Facilitator).Then(new ItemWithdrawn(id));
        asked.When(new EditItem(id, "x"), Yusuf).ThenRefused(RefusalCode.NotYours);
    }

    [Fact]
    public void A_guide_still_rewords_nothing_that_somebody_else_wrote()
    {
        Given(In("live")).And(Shown(1)).When(new EditItem(Item(1), "x"), Facilitator).ThenRefused(RefusalCode.NotYours);
    }

    [Fact]
    public void No_event_of_a_talk_says_who_captured_disputed_or_ended_a_turn()
    {
        var id = Only(Going.When(new CapturePoint(Round, ItemKind.Argument, "Zin"), CoFacilitator).After);
        DialogueEvent[] shown =
        [
            Going.When(new CapturePoint(Round, ItemKind.Argument, "Zin"), CoFacilitator).Then<ItemsRevealed>(),
            new CorrectionRequested(Round, id, "Anders"),
            new TurnGiven(Round, null),
        ];
        foreach (var happened in shown)
            JsonSerializer.Serialize(happened, ModelJson.Lenient).ShouldNotContain("seat");
    }

    [Fact]
    public void Every_refusal_of_talking()
    {
        Going.When(new GiveTurn(Round, new SeatId(5), new SeatId(5)), Facilitator).ThenRefused(RefusalCode.NoSuchTurn);
        Going.When(new GiveTurn(Round), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        Going.When(new PassTurn(Round), Observer).ThenRefused(RefusalCode.NotAllowed);
        Going.When(new PassTurn(Round), Facilitator).ThenRefused(RefusalCode.NoSuchTurn);
        Going.When(new CapturePoint(Round, ItemKind.Fact, "x"), Facilitator).ThenRefused(RefusalCode.UnknownKind);
        Going.When(new CapturePoint(Round, ItemKind.Argument, " "), Facilitator).ThenRefused(RefusalCode.TextMissing);
        Going.When(new CapturePoint(Round, ItemKind.Argument, new string('x', 301)), Facilitator).ThenRefused(RefusalCode.TextTooLong);
        Going.When(new CapturePoint(Round, ItemKind.Argument, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        Going.When(new RequestCorrection(Round, Item(77), "x"), Yusuf).ThenRefused(RefusalCode.NoSuchItem);
        Going.And(Shown(1)).When(new RequestCorrection(Round, Item(1), "x"), Yusuf).ThenRefused(RefusalCode.NoSuchItem);
        Going.And(new DialoguePaused(Now)).When(new PassTurn(Round), Marja).ThenRefused(RefusalCode.NotInThisStage);
        Given(Lobby)
            .And(new SeatLeft(new(3)))
            .And([.. Seats.Skip(3).Select(seat => new SeatLeft(seat.Id))])
            .And(new PhaseStarted(Round, null, Now))
            .When(new StartTurns(Round), Facilitator)
            .ThenRefused(RefusalCode.NoSuchTurn);
    }
}
