using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Present;
using Dialogue.Activities.Reflect;
using Dialogue.Anonymous;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue.Activities;

public class PresentTests
{
    [Fact]
    public void A_guide_or_the_case_owner_notes_a_fact_with_how_sure_it_is()
    {
        var item = Given(In("verhaal"))
            .When(new RecordFact(Id("verhaal"), " 7 van de 10 ", Certainty.Known), CaseOwner)
            .Then<ItemsRevealed>()
            .Items.ShouldHaveSingleItem();
        (item.Kind, item.Text, item.Certainty).ShouldBe((ItemKind.Fact, "7 van de 10", (Certainty?)Certainty.Known));
    }

    [Fact]
    public void What_is_no_fact_is_refused()
    {
        Given(In("verhaal")).When(new RecordFact(Id("verhaal"), " ", Certainty.Known), Facilitator).ThenRefused(RefusalCode.TextMissing);
        Given(In("verhaal"))
            .When(new RecordFact(Id("verhaal"), new string('x', 4001), Certainty.Known), Facilitator)
            .ThenRefused(RefusalCode.TextTooLong);
        Given(In("verhaal")).When(new RecordFact(Id("verhaal"), "x", Certainty.Known), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        Given(In("welkom")).When(new RecordFact(Id("welkom"), "x", Certainty.Known), Facilitator).ThenRefused(RefusalCode.NotAllowed);
    }
}

public class ContributeTests
{
    [Fact]
    public void An_item_in_a_live_phase_is_written_and_shown_at_once_with_a_perspective_and_no_seat()
    {
        var outcome = Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, " Post komt niet aan "), Yusuf);
        outcome.Events.Select(e => e.GetType()).ShouldBe([typeof(ItemWritten), typeof(ItemsRevealed)]);
        var item = outcome.Then<ItemsRevealed>().Items.ShouldHaveSingleItem();
        (item.Text, item.Perspective, item.By, item.Persona).ShouldBe(("Post komt niet aan", "burger", null, null));
    }

    [Fact]
    public void A_named_phase_shows_the_seat_and_a_phase_with_cards_the_persona()
    {
        Given(In("named"))
            .When(new AddItem(Id("named"), ItemKind.Option, "x"), Yusuf)
            .Then<ItemsRevealed>()
            .Items[0]
            .By.ShouldBe(new SeatId(4));
        Given(In("kaart"))
            .When(new AddItem(Id("kaart"), ItemKind.Effect, "x", "weet"), Yusuf)
            .Then<ItemsRevealed>()
            .Items[0]
            .Persona.ShouldBe("marja");
    }

    [Fact]
    public void A_blind_item_is_for_its_author_until_the_round_closes()
    {
        var written = Given(In("blind")).When(new AddItem(Id("blind"), ItemKind.Argument, "Omdat"), Yusuf);
        var only = written.Events.ShouldHaveSingleItem();
        foreach (var seat in Seats)
            new Viewer(seat.Id, seat.Role).MaySee(only).ShouldBe(seat.Id == new SeatId(4));
        new Viewer(null, Role.Projector).MaySee(only).ShouldBeFalse();
        new Viewer(null, Role.Organiser).MaySee(only).ShouldBeFalse();
        written
            .And.When(new CloseRound(Id("blind")), Facilitator)
            .Then<ItemsRevealed>()
            .Items.ShouldHaveSingleItem()
            .Text.ShouldBe("Omdat");
    }

    [Fact]
    public void What_was_taken_back_before_the_close_is_never_shown()
    {
        var scene = Given(In("blind")).When(new AddItem(Id("blind"), ItemKind.Argument, "Omdat"), Yusuf).And;
        scene
            .When(new WithdrawItem(scene.State.Items.Keys.Single()), Yusuf)
            .And.When(new CloseRound(Id("blind")), Facilitator)
            .Then(new RoundClosed(Id("blind")));
    }

    [Fact]
    public void A_reopened_round_shows_what_is_new_and_keeps_what_was_shown()
    {
        var scene = Given(In("blind"))
            .When(new AddItem(Id("blind"), ItemKind.Argument, "Een"), Yusuf)
            .And.When(new CloseRound(Id("blind")), Facilitator)
            .And.When(new ReopenRound(Id("blind")), Facilitator)
            .And.When(new AddItem(Id("blind"), ItemKind.Argument, "Twee"), Marja, seed: 2)
            .And;
        scene.State.ShownIn(Id("blind")).Select(item => item.Text).ShouldBe(["Een"]);
        var closing = scene.When(new CloseRound(Id("blind")), Facilitator);
        closing.Then<ItemsRevealed>().Items.Select(item => item.Text).ShouldBe(["Twee"]);
        closing.After.ShownIn(Id("blind")).Select(item => item.Text).ShouldBe(["Een", "Twee"]);
    }

    [Fact]
    public void Every_refusal_of_contributing()
    {
        Given(In("live")).When(new AddItem(Id("live"), ItemKind.Argument, "x"), Yusuf).ThenRefused(RefusalCode.UnknownKind);
        Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, "x", "weet"), Yusuf).ThenRefused(RefusalCode.UnknownBucket);
        Given(In("kaart")).When(new AddItem(Id("kaart"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.UnknownBucket);
        Given(In("kaart")).When(new AddItem(Id("kaart"), ItemKind.Effect, "x", "elders"), Yusuf).ThenRefused(RefusalCode.UnknownBucket);
        Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, "\u200B"), Yusuf).ThenRefused(RefusalCode.TextMissing);
        Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, new string('x', 4001)), Yusuf).ThenRefused(RefusalCode.TextTooLong);
        Given(In("blind"))
            .And(new RoundClosed(Id("blind")))
            .When(new AddItem(Id("blind"), ItemKind.Argument, "x"), Yusuf)
            .ThenRefused(RefusalCode.RoundClosed);
        Given(In("box")).When(new AddItem(Id("box"), ItemKind.Argument, "x", "mag"), Yusuf).ThenRefused(RefusalCode.SealedPhase);
        Given(In("live")).When(new AddItem(Id("blind"), ItemKind.Argument, "x"), Yusuf).ThenRefused(RefusalCode.PhaseNotOpen);
        Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, "x"), Observer).ThenRefused(RefusalCode.NotAllowed);
        Given(In("pauze")).When(new AddItem(Id("pauze"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact]
    public void A_seat_brings_in_fifty_items_and_taking_back_makes_no_room()
    {
        var scene = Given(In("live"));
        for (var n = 1; n <= Limits.ItemsPerSeatAndPhase; n++)
            scene = scene.And(Shown(n)).And(new ItemWithdrawn(Item(n)));
        scene.When(new AddItem(Id("live"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.TooManyItems);
        scene.When(new AddItem(Id("live"), ItemKind.Effect, "x"), Marja).Events.Count.ShouldBe(2);
    }

    [Fact]
    public void A_sealed_entry_is_checked_as_an_item_is()
    {
        Result<SealedEntry> Seal(SealedEntry entry, string phase = "box")
        {
            var p = Given(In(phase)).State.CurrentPhase!;
            return p.Kind.Seal(p, entry);
        }
        Seal(new SealedItem(ItemKind.Argument, " En toch ", "wil")).Value.ShouldBe(new SealedItem(ItemKind.Argument, "En toch", "wil"));
        Seal(new SealedItem(ItemKind.Effect, "x", "wil")).Refusal!.Code.ShouldBe(RefusalCode.UnknownKind);
        Seal(new SealedItem(ItemKind.Argument, "x")).Refusal!.Code.ShouldBe(RefusalCode.UnknownBucket);
        Seal(new SealedItem(ItemKind.Argument, " ", "wil")).Refusal!.Code.ShouldBe(RefusalCode.TextMissing);
        Seal(new SealedItem(ItemKind.Argument, new string('x', 4001), "wil")).Refusal!.Code.ShouldBe(RefusalCode.TextTooLong);
        Seal(new SealedReflection(new Dictionary<string, int>())).Refusal!.Code.ShouldBe(RefusalCode.UnknownKind);
        Seal(new SealedItem(ItemKind.Argument, "x"), "kolommen").Refusal!.Code.ShouldBe(RefusalCode.NotSealed);
    }
}

public class OrganiseTests
{
    private static Scene Columns => Given(In("kolommen")).And(Shown(1));
    private static Scene Values => Given(In("waarden")).And(Shown(1));

    [Fact]
    public void An_item_is_put_in_a_column_moved_and_taken_out()
    {
        var placed = Columns
            .When(new PlaceItem(Id("kolommen"), Item(1), "groep"), Yusuf)
            .Then(new ItemPlaced(Id("kolommen"), Item(1), "groep"))
            .And;
        var moved = placed.When(new PlaceItem(Id("kolommen"), Item(1), "persoon"), Marja).And;
        ((OrganiseState)moved.State.CurrentPhase!.State).Placements[Item(1)].ShouldBe("persoon");
        (
            (OrganiseState)moved.When(new PlaceItem(Id("kolommen"), Item(1), null), Marja).After.CurrentPhase!.State
        ).Placements.ShouldBeEmpty();
    }

    [Fact]
    public void A_value_is_invoked_and_released()
    {
        var outcome = Values.When(new InvokeValue(Id("waarden"), Item(1), "personhood", ValueDirection.Strained), Yusuf);
        outcome.And.When(new ReleaseValue(Id("waarden"), outcome.Then<ValueInvoked>().Id), Marja).Then<ValueReleased>();
    }

    [Fact]
    public void A_tension_is_named_and_released()
    {
        var outcome = Values.When(new NameTension(Id("waarden"), "efficiency", "personhood", " Snel of gezien "), Yusuf);
        var tension = outcome.Then<TensionNamed>();
        tension.Text.ShouldBe("Snel of gezien");
        outcome.And.When(new ReleaseTension(Id("waarden"), tension.Id), Facilitator).Then(new TensionReleased(Id("waarden"), tension.Id));
    }

    [Fact]
    public void Every_refusal_of_organising()
    {
        Columns.When(new PlaceItem(Id("kolommen"), Item(2), "groep"), Yusuf).ThenRefused(RefusalCode.NoSuchItem);
        Columns.When(new PlaceItem(Id("kolommen"), Item(1), "elders"), Yusuf).ThenRefused(RefusalCode.UnknownColumn);
        Values
            .When(new InvokeValue(Id("waarden"), Item(2), "personhood", ValueDirection.Served), Yusuf)
            .ThenRefused(RefusalCode.NoSuchItem);
        Values
            .When(new InvokeValue(Id("waarden"), Item(1), "gezelligheid", ValueDirection.Served), Yusuf)
            .ThenRefused(RefusalCode.UnknownValue);
        Values
            .When(new InvokeValue(Id("waarden"), Item(1), "personhood", ValueDirection.Served), Yusuf)
            .And.When(new InvokeValue(Id("waarden"), Item(1), "personhood", ValueDirection.Strained), Marja)
            .ThenRefused(RefusalCode.AlreadyAnswered);
        Values.When(new ReleaseValue(Id("waarden"), Item(5)), Yusuf).ThenRefused(RefusalCode.NothingToWithdraw);
        Values.When(new NameTension(Id("waarden"), "privacy", "privacy", "x"), Yusuf).ThenRefused(RefusalCode.UnknownValue);
        Values.When(new NameTension(Id("waarden"), "privacy", "elders", "x"), Yusuf).ThenRefused(RefusalCode.UnknownValue);
        Values.When(new NameTension(Id("waarden"), "privacy", "efficiency", " "), Yusuf).ThenRefused(RefusalCode.TextMissing);
        Values
            .When(new NameTension(Id("waarden"), "privacy", "efficiency", new string('x', 301)), Yusuf)
            .ThenRefused(RefusalCode.TextTooLong);
        Values.When(new ReleaseTension(Id("waarden"), Item(5)), Yusuf).ThenRefused(RefusalCode.NothingToWithdraw);
        Columns.When(new AddItem(Id("kolommen"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }
}

public class AssessTests
{
    private static readonly By[] Voices = [CaseOwner, Yusuf, Marja, Dex, Alina, Henk];

    private static Scene Scale(int voices) =>
        Voices.Take(voices).Aggregate(Given(In("schaal")), (scene, by) => scene.When(new GiveAssessment(Id("schaal"), "wel", 4), by).And);

    [Fact]
    public void A_value_is_for_the_one_who_gave_it()
    {
        var given = Given(In("schaal"))
            .When(new GiveAssessment(Id("schaal"), "wel", 4), Yusuf)
            .Then(new AssessmentGiven(Id("schaal"), new(4), "wel", 4))
            .Events[0];
        Facilitator.AsViewer.MaySee(given).ShouldBeFalse();
        Yusuf.AsViewer.MaySee(given).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, true), InlineData(4, true), InlineData(5, false), InlineData(6, false)]
    public void A_distribution_is_shown_from_five_answers_on(int answers, bool tooFew)
    {
        var distributions = Scale(answers).When(new CloseRound(Id("schaal")), Facilitator).Then<AssessmentRevealed>().Distributions;
        distributions.Select(one => one.Subject).ShouldBe(["wel", "niet"]);
        distributions[0].TooFew.ShouldBe(tooFew);
        distributions[0].Answers.ShouldBe(answers);
        distributions[1].TooFew.ShouldBeTrue();
        if (!tooFew)
        {
            distributions[0].Counts.ShouldBe([0, 0, 0, answers, 0]);
            distributions[0].Mean.ShouldBe(4);
        }
    }

    [Fact]
    public void I_do_not_know_is_an_answer_beside_the_scale()
    {
        var scene = Scale(5).When(new GiveAssessment(Id("schaal"), "wel", 0), Henk).And;
        var one = scene.When(new CloseRound(Id("schaal")), Facilitator).Then<AssessmentRevealed>().Distributions[0];
        (one.Answers, one.DontKnow, one.Counts.Sum()).ShouldBe((6, 1, 5));
    }

    [Fact]
    public void Points_are_shared_out_and_shown_as_sums_when_five_placed_any()
    {
        Scene Dots(int voters) =>
            Voices
                .Take(voters)
                .Aggregate(
                    Given(In("punten")).And(Shown(1)).And(Shown(2)),
                    (scene, by) =>
                        scene.When(new GiveAssessment(Id("punten"), "1", 2), by).And.When(new GiveAssessment(Id("punten"), "2", 1), by).And
                );
        Dots(4).When(new CloseRound(Id("punten")), Facilitator).Then<AssessmentRevealed>().Distributions.ShouldAllBe(one => one.TooFew);
        Dots(5)
            .When(new CloseRound(Id("punten")), Facilitator)
            .Then<AssessmentRevealed>()
            .Distributions.Select(one => one.Counts[0])
            .ShouldBe([10, 5]);
        Dots(1).When(new GiveAssessment(Id("punten"), "1", 1), CaseOwner).ThenRefused(RefusalCode.AlreadyAnswered);
    }

    [Fact]
    public void Every_refusal_of_assessing()
    {
        var scale = Scale(1);
        scale.When(new GiveAssessment(Id("schaal"), "elders", 1), Yusuf).ThenRefused(RefusalCode.NoSuchItem);
        scale.When(new GiveAssessment(Id("schaal"), "wel", 2), CaseOwner).ThenRefused(RefusalCode.AlreadyAnswered);
        scale.When(new GiveAssessment(Id("schaal"), "wel", 6), Yusuf).ThenRefused(RefusalCode.ValueOutOfRange).Facts!["max"].ShouldBe("5");
        scale.When(new GiveAssessment(Id("schaal"), "wel", -1), Yusuf).ThenRefused(RefusalCode.ValueOutOfRange);
        scale.When(new WithdrawAssessment(Id("schaal"), "wel"), Yusuf).ThenRefused(RefusalCode.NothingToWithdraw);
        scale
            .When(new WithdrawAssessment(Id("schaal"), "wel"), CaseOwner)
            .Then(new AssessmentWithdrawn(Id("schaal"), new(3), "wel"))
            .And.When(new GiveAssessment(Id("schaal"), "wel", 2), CaseOwner)
            .Events.Count.ShouldBe(1);
        scale.When(new GiveAssessment(Id("schaal"), "wel", 1), Facilitator).ThenRefused(RefusalCode.NotAllowed);
        scale
            .And(new RoundClosed(Id("schaal")))
            .When(new GiveAssessment(Id("schaal"), "wel", 1), Yusuf)
            .ThenRefused(RefusalCode.RoundClosed);
        var dots = Given(In("punten")).And(Shown(1)).And(Shown(2));
        dots.When(new GiveAssessment(Id("punten"), "1", 4), Yusuf).ThenRefused(RefusalCode.ValueOutOfRange);
        dots.When(new GiveAssessment(Id("punten"), "1", 0), Yusuf).ThenRefused(RefusalCode.ValueOutOfRange);
        dots.When(new GiveAssessment(Id("punten"), "1", 2), Yusuf)
            .And.When(new GiveAssessment(Id("punten"), "2", 2), Yusuf)
            .ThenRefused(RefusalCode.NoPointsLeft)
            .Facts!["limit"]
            .ShouldBe("3");
        scale.When(new AddItem(Id("schaal"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }
}

public class DecideTests
{
    private static readonly PhaseId Besluit = Id("besluit");
    private static readonly SettleDecision Settle = new(Besluit, ResultKind.Advice, "Doorgaan als proef", "Wij willen leren", []);

    private static Scene Closed => Given(In("besluit")).And(new RoundClosed(Besluit));
    private static Scene Settled => Closed.When(Settle, Facilitator).And;

    [Fact]
    public void A_position_is_for_the_one_who_took_it_until_the_round_closes()
    {
        var taken = Given(In("besluit")).When(new TakePosition(Besluit, "door", " Reden ", " "), Yusuf);
        taken.Then(new PositionTaken(Besluit, new(4), new Position("door", "Reden", null, "burger")));
        foreach (var other in (By[])[Facilitator, Marja, Board, Observer, Organiser])
            other.AsViewer.MaySee(taken.Events[0]).ShouldBeFalse();
        taken.And.When(new WithdrawPosition(Besluit), Yusuf).Then(new PositionWithdrawn(Besluit, new(4)));
    }

    [Theory]
    [InlineData(4, false), InlineData(5, true)]
    public void Positions_are_counted_from_five_on_and_the_highest_in_rank_comes_last(int voices, bool counted)
    {
        By[] who = [Board, Yusuf, Marja, Dex, Alina];
        var scene = who.Take(voices)
            .Aggregate(Given(In("besluit")), (s, by) => s.When(new TakePosition(Besluit, by == Board ? "stop" : "door", "Reden"), by).And);
        for (var seed = 0; seed < 20; seed++)
        {
            var revealed = scene.When(new CloseRound(Besluit), Facilitator, seed).Then<PositionsRevealed>();
            revealed.Positions[^1].Choice.ShouldBe("stop");
            (revealed.Counts is not null).ShouldBe(counted);
            if (counted)
                revealed.Counts!["door"].ShouldBe(4);
        }
    }

    [Fact]
    public void A_round_in_which_nobody_took_a_position_closes_without_any() =>
        Given(In("besluit")).When(new CloseRound(Besluit), Facilitator).Then(new RoundClosed(Besluit));

    [Fact]
    public void The_room_goes_on_after_the_decision_and_the_minority_view_and_not_before()
    {
        var next = new StartPhase(Id("afspraken"), Besluit);
        Given(In("besluit")).When(next, Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        Closed.When(new CloseDialogue("x"), Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        Settled.When(next, Facilitator).ThenRefused(RefusalCode.MinorityViewNotAsked);
        Settled.When(new CloseDialogue("x"), Facilitator).ThenRefused(RefusalCode.MinorityViewNotAsked);
        Settled.When(new StateNoMinorityView(Besluit), Facilitator).And.When(next, Facilitator).Then<PhaseStarted>();
        Settled
            .When(new GiveMinorityView(Besluit, "Niet op mensen", null, HolderKind.Unnamed), Yusuf)
            .And.When(next, Facilitator)
            .Then<PhaseStarted>();
    }

    [Theory]
    [InlineData(HolderKind.Unnamed, null, null), InlineData(HolderKind.Perspective, "burger", null), InlineData(HolderKind.Named, null, 4)]
    public void The_holder_of_a_minority_view_chooses_how_to_be_known(HolderKind holder, string? perspective, int? seat) =>
        Settled
            .When(new GiveMinorityView(Besluit, "Niet op mensen", "Als het gemeten is", holder), Yusuf)
            .Then<MinorityViewGiven>()
            .View.ShouldSatisfyAllConditions(
                view => view.Perspective.ShouldBe(perspective),
                view => view.Seat?.Value.ShouldBe(seat!.Value)
            );

    [Fact]
    public void By_consent_there_is_a_decision_when_every_objection_is_resolved()
    {
        var consent = Id("consent");
        var settle = Settle with { Phase = consent };
        var scene = Given(In("consent"))
            .When(new ProposeDecision(consent, "Proef"), Facilitator)
            .And.When(new RaiseObjection(consent, "Niet gemeten"), Marja)
            .And;
        scene.When(settle, Facilitator).ThenRefused(RefusalCode.ObjectionOpen);
        var objection = ((DecideState)scene.State.CurrentPhase!.State).Objections.Single();
        objection.Perspective.ShouldBe("burger");
        scene
            .When(new ResolveObjection(consent, objection.Id, "Eerst meten"), Facilitator)
            .And.When(settle, Facilitator)
            .Then<DecisionSettled>()
            .Decision.Rule.ShouldBe(DecisionRule.Consent);
    }

    [Fact]
    public void Every_refusal_of_deciding()
    {
        var open = Given(In("besluit"));
        open.When(new TakePosition(Besluit, "misschien", "x"), Yusuf).ThenRefused(RefusalCode.UnknownKind);
        open.When(new TakePosition(Besluit, "door", " "), Yusuf).ThenRefused(RefusalCode.ReasonMissing);
        open.When(new TakePosition(Besluit, "door", "x", new string('x', 4001)), Yusuf).ThenRefused(RefusalCode.TextTooLong);
        open.When(new TakePosition(Besluit, "door", "x"), Yusuf)
            .And.When(new TakePosition(Besluit, "stop", "x"), Yusuf)
            .ThenRefused(RefusalCode.AlreadyAnswered);
        open.When(new TakePosition(Besluit, "door", "x"), Facilitator).ThenRefused(RefusalCode.NotAllowed);
        open.When(new WithdrawPosition(Besluit), Yusuf).ThenRefused(RefusalCode.NothingToWithdraw);
        open.When(Settle, Facilitator).ThenRefused(RefusalCode.RoundStillOpen);
        Closed.When(new TakePosition(Besluit, "door", "x"), Yusuf).ThenRefused(RefusalCode.RoundClosed);
        Closed.When(new WithdrawPosition(Besluit), Yusuf).ThenRefused(RefusalCode.RoundClosed);
        Closed.When(new ProposeDecision(Besluit, " "), Facilitator).ThenRefused(RefusalCode.TextMissing);
        Closed.When(new ProposeDecision(Besluit, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        Closed.When(new RaiseObjection(Besluit, "x"), Yusuf).ThenRefused(RefusalCode.NoSuchProposal);
        Closed.And(new DecisionProposed(Besluit, "x")).When(new RaiseObjection(Besluit, " "), Yusuf).ThenRefused(RefusalCode.ReasonMissing);
        Closed.When(new ResolveObjection(Besluit, Item(1), null), Facilitator).ThenRefused(RefusalCode.NoSuchObjection);
        Closed
            .And(new ObjectionRaised(Besluit, new(Item(1), "x", null)))
            .When(new ResolveObjection(Besluit, Item(1), new string('x', 4001)), Facilitator)
            .ThenRefused(RefusalCode.TextTooLong);
        Closed.When(Settle with { Kind = ResultKind.Decision }, Facilitator).ThenRefused(RefusalCode.OutcomeNotAgreed);
        Closed.When(new WithdrawObjection(Besluit, Item(1)), Yusuf).ThenRefused(RefusalCode.NoSuchObjection);
        Closed.When(new CorrectDecision(Besluit, "x", "y"), Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        Settled.When(new CorrectDecision(Besluit, " ", "y"), Facilitator).ThenRefused(RefusalCode.TextMissing);
        Settled.When(new CorrectDecision(Besluit, "x", " "), Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        Closed.When(Settle with { Text = " " }, Facilitator).ThenRefused(RefusalCode.TextMissing);
        Closed.When(Settle with { Reasons = " " }, Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        Closed.When(Settle with { Conditions = new string('x', 4001) }, Facilitator).ThenRefused(RefusalCode.TextTooLong);
        Closed.When(Settle with { Because = [Item(9)] }, Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        Closed.When(new GiveMinorityView(Besluit, "x", null, HolderKind.Named), Yusuf).ThenRefused(RefusalCode.DecisionMissing);
        Closed.When(new StateNoMinorityView(Besluit), Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        Settled.When(Settle, Facilitator).ThenRefused(RefusalCode.AlreadyDecided);
        Settled.When(new ProposeDecision(Besluit, "x"), Facilitator).ThenRefused(RefusalCode.AlreadyDecided);
        Settled
            .And(new DecisionProposed(Besluit, "x"))
            .When(new RaiseObjection(Besluit, "x"), Yusuf)
            .ThenRefused(RefusalCode.AlreadyDecided);
        Settled.When(new GiveMinorityView(Besluit, " ", null, HolderKind.Named), Yusuf).ThenRefused(RefusalCode.TextMissing);
        Settled
            .When(new GiveMinorityView(Besluit, "x", new string('x', 4001), HolderKind.Named), Yusuf)
            .ThenRefused(RefusalCode.TextTooLong);
        Settled
            .When(new StateNoMinorityView(Besluit), Facilitator)
            .And.When(new StateNoMinorityView(Besluit), Facilitator)
            .ThenRefused(RefusalCode.AlreadyAnswered);
        Closed.When(new AddItem(Besluit, ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }
}

public class CommitTests
{
    private static readonly PhaseId Phase = Id("afspraken");

    private static readonly AgreementDraft Draft = new()
    {
        Text = "Postcode uit het model",
        Kind = AgreementKind.Technology,
        BecauseValues = ["personhood"],
        Owner = "Joris",
        FirstStep = "Kenmerken verwijderen",
        FirstStepDate = new(2026, 2, 17),
        DueDate = new(2026, 3, 31),
        EvidencePlan = "Nieuwe toets",
    };

    private static Scene Room => Given(In("afspraken"));

    private static Outcome Propose(AgreementDraft draft, By? by = null) =>
        Room.And(Shown(1)).When(new ProposeAgreement(Phase, null, draft), by ?? Yusuf);

    [Fact]
    public void An_agreement_is_proposed_by_anybody_and_confirmed_by_a_guide()
    {
        var proposed = Propose(Draft with { Because = [Item(1)], IfThen = " " });
        var agreement = proposed.Then<AgreementProposed>().Agreement;
        (agreement.Confirmed, agreement.IfThen).ShouldBe((false, null));
        proposed.After.Person(PersonKey.Owner(agreement.Id)).ShouldBe(new NamedPerson("Joris"));
        proposed.After.Person(PersonKey.Verifier(agreement.Id)).ShouldBeNull();
        proposed
            .And.When(new ConfirmAgreement(Phase, agreement.Id, true), Facilitator)
            .After.Agreements()
            .Single()
            .Confirmed.ShouldBeTrue();
        var withdrawn = proposed.And.When(new WithdrawAgreement(Phase, agreement.Id), Facilitator).After;
        withdrawn.Agreements().ShouldBeEmpty();
        withdrawn.Person(PersonKey.Owner(agreement.Id)).ShouldBeNull("nobody is kept of what is taken back");
    }

    [Fact, Trait("Finding", "C1")]
    public void Who_does_what_and_how_to_reach_them_is_told_beside_the_log()
    {
        var proposed = Propose(
            Draft with
            {
                OwnerEmail = "joris@dwb.voorbeeld",
                Verifier = "Sanne",
                VerifierEmail = "sanne@dwb.voorbeeld",
            }
        );
        var id = proposed.Then<AgreementProposed>().Agreement.Id;
        proposed.Told.ShouldBe(
            [
                new PersonTold(PersonKey.Owner(id), new NamedPerson("Joris", "joris@dwb.voorbeeld")),
                new PersonTold(PersonKey.Verifier(id), new NamedPerson("Sanne", "sanne@dwb.voorbeeld")),
            ],
            ignoreOrder: true
        );
        var reworded = proposed.And.When(new ProposeAgreement(Phase, id, Draft), Facilitator).After;
        reworded.Person(PersonKey.Owner(id)).ShouldBe(new NamedPerson("Joris"));
        reworded.Person(PersonKey.Verifier(id)).ShouldBeNull();
    }

    [Fact]
    public void What_a_guide_rewords_is_confirmed_anew()
    {
        var scene = Propose(Draft).And;
        var id = scene.State.Agreements().Single().Id;
        var confirmed = scene.When(new ConfirmAgreement(Phase, id, true), Facilitator).And;
        confirmed.When(new ProposeAgreement(Phase, id, Draft with { Text = "Anders" }), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        var reworded = confirmed
            .When(new ProposeAgreement(Phase, id, Draft with { Text = "Anders" }), Facilitator)
            .After.Agreements()
            .Single();
        (reworded.Id, reworded.Text, reworded.Confirmed).ShouldBe((id, "Anders", false));
    }

    [Fact]
    public void A_risk_is_accepted_by_somebody_and_a_review_is_planned_ahead()
    {
        var risk = Room.When(new AcceptRisk(Phase, "Ongemeten", "Werkzoekenden", "Bestuur", "Klachten"), Board);
        risk.And.When(new WithdrawRisk(Phase, risk.Then<RiskAccepted>().Risk.Id), Facilitator).Then<RiskWithdrawn>();
        Room.When(new PlanReview(Phase, new(2026, 8, 3)), Facilitator).Then(new ReviewPlanned(Phase, new(2026, 8, 3)));
        Room.When(new PlanReview(Phase, new(2026, 2, 3)), Facilitator).ThenRefused(RefusalCode.DatePassed);
    }

    [Fact]
    public void Every_refusal_of_agreeing()
    {
        Propose(Draft with { Text = " " }).ThenRefused(RefusalCode.TextMissing);
        Propose(Draft with { Text = new string('x', 4001) }).ThenRefused(RefusalCode.TextTooLong);
        Propose(Draft with { Kind = null }).ThenRefused(RefusalCode.UnknownKind);
        Propose(Draft with { BecauseValues = [] }).ThenRefused(RefusalCode.WhyMissing);
        Propose(Draft with { Because = [Item(9)] }).ThenRefused(RefusalCode.NoSuchItem);
        Propose(Draft with { BecauseValues = ["gezelligheid"] }).ThenRefused(RefusalCode.UnknownValue);
        Propose(Draft with { BecauseValues = [null!] }).ThenRefused(RefusalCode.UnknownValue);
        Propose(Draft with { Owner = " " }).ThenRefused(RefusalCode.OwnerMissing);
        Propose(Draft with { FirstStep = " " }).ThenRefused(RefusalCode.FirstStepMissing);
        Propose(Draft with { FirstStepDate = null }).ThenRefused(RefusalCode.DateMissing);
        Propose(Draft with { DueDate = null }).ThenRefused(RefusalCode.DateMissing);
        Propose(Draft with { DueDate = new(2026, 2, 16) }).ThenRefused(RefusalCode.DateOrder);
        Propose(Draft with { FirstStepDate = new(2026, 2, 2) }).ThenRefused(RefusalCode.DatePassed);
        Propose(Draft with { OwnerEmail = "geen-adres" }).ThenRefused(RefusalCode.AddressInvalid);
        Propose(Draft with { VerifierEmail = "a@b c" }).ThenRefused(RefusalCode.AddressInvalid);
        Propose(Draft with { Verifier = Draft.Owner.ToUpperInvariant() }).ThenRefused(RefusalCode.OwnerCannotVerify);
        Propose(Draft with { OwnerEmail = "ank@dwb.voorbeeld", VerifierEmail = "Ank@dwb.voorbeeld" })
            .ThenRefused(RefusalCode.OwnerCannotVerify);
        Propose(Draft with { EvidencePlan = " " }).ThenRefused(RefusalCode.EvidencePlanMissing);
        Propose(Draft with { Indicator = new string('x', 4001) }).ThenRefused(RefusalCode.TextTooLong);
        Propose(Draft, Observer).ThenRefused(RefusalCode.NotAllowed);
        Room.When(new ProposeAgreement(Phase, Item(5), Draft), Facilitator).ThenRefused(RefusalCode.NoSuchAgreement);
        Room.When(new ConfirmAgreement(Phase, Item(5), true), Facilitator).ThenRefused(RefusalCode.NoSuchAgreement);
        Room.When(new WithdrawAgreement(Phase, Item(5)), Facilitator).ThenRefused(RefusalCode.NoSuchAgreement);
        Room.When(new WithdrawRisk(Phase, Item(5)), Facilitator).ThenRefused(RefusalCode.NothingToWithdraw);
        Room.When(new AcceptRisk(Phase, " ", "a", "b", "c"), Facilitator).ThenRefused(RefusalCode.TextMissing);
        Room.When(new AcceptRisk(Phase, "x", " ", "b", "c"), Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        Room.When(new AcceptRisk(Phase, "x", "a", "b", new string('x', 301)), Facilitator).ThenRefused(RefusalCode.TextTooLong);
        Room.When(new AddItem(Phase, ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }
}

public class ReflectTests
{
    private static SealedReflection Said(int safe, string? text = null) => new(new Dictionary<string, int> { ["safe"] = safe }, text);

    private static ReflectionRevealed Close(params SealedEntry[] box) =>
        Given(In("terugblik")).When(new CloseRound(Id("terugblik")), Facilitator, box: box).Then<ReflectionRevealed>();

    [Fact]
    public void Numbers_are_shown_from_five_answers_on_and_sentences_without_a_sender()
    {
        var four = Close(Said(5, "b"), Said(4), Said(4, "a"), Said(3));
        four.Results[0].Counts.ShouldBeEmpty();
        four.Sentences.Order().ShouldBe(["a", "b"]);
        var five = Close(Said(5), Said(4), Said(4), Said(3), Said(1));
        five.Answers.ShouldBe(5);
        five.Results[0].Counts.ShouldBe([1, 0, 1, 2, 1]);
        five.Results[0].Mean.ShouldBe(3.4, 0.001);
        five.Results[1].Counts.ShouldBeEmpty("nobody answered the second question");
    }

    [Fact]
    public void Every_refusal_of_reflecting()
    {
        var phase = Given(In("terugblik")).State.CurrentPhase!;
        RefusalCode? Seal(SealedEntry entry) => phase.Kind.Seal(phase, entry).Refusal?.Code;
        Seal(Said(5, "Fijn")).ShouldBeNull();
        Seal(Said(0)).ShouldBe(RefusalCode.ValueOutOfRange);
        Seal(Said(6)).ShouldBe(RefusalCode.ValueOutOfRange);
        Seal(new SealedReflection(new Dictionary<string, int> { ["other"] = 3 })).ShouldBe(RefusalCode.UnknownKind);
        Seal(new SealedItem(ItemKind.Argument, "x")).ShouldBe(RefusalCode.UnknownKind);
        Seal(new SealedReflection(new Dictionary<string, int>(), " ")).ShouldBe(RefusalCode.TextMissing);
        Seal(Said(5, new string('x', 301))).ShouldBe(RefusalCode.TextTooLong);
        Given(In("terugblik")).When(new AddItem(Id("terugblik"), ItemKind.Effect, "x"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }
}
