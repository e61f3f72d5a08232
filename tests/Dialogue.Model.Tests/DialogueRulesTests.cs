using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Anonymous;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue;

public class DialogueRulesTests
{
    private static readonly DateTimeOffset T = Scenes.Now;

    [Fact]
    public void Preparing_copies_the_case_and_the_template() =>
        Given()
            .When(new PrepareDialogue("  Wie krijgt de coach? ", "nl", Room.Case, Template, Personas), Organiser)
            .Then(Prepared, CardsOnTheTable);

    [Fact]
    public void A_dialogue_is_prepared_once_and_has_a_title()
    {
        Given().When(new PrepareDialogue(" ", "nl", Room.Case, Template, []), Organiser).ThenRefused(RefusalCode.TextMissing);
        Given()
            .When(new PrepareDialogue(new string('x', 301), "nl", Room.Case, Template, []), Organiser)
            .ThenRefused(RefusalCode.TextTooLong);
        Given(Prepared).When(new PrepareDialogue("T", "nl", Room.Case, Template, []), Organiser).ThenRefused(RefusalCode.NotInThisStage);
    }

    [Fact]
    public void A_language_that_is_not_there_becomes_Dutch() =>
        Given().When(new PrepareDialogue("T", "fr", Room.Case, Template, []), Organiser).Then<DialoguePrepared>().Language.ShouldBe("nl");

    [Fact]
    public void An_intake_is_kept_clean_and_within_limits()
    {
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { Sponsor = " Manager Dienstverlening\u200B" }), Organiser)
            .Then(new IntakeRecorded(FullIntake.Terms))
            .After.Intake!.Sponsor.ShouldBe("Manager Dienstverlening");
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { ReviewDate = new(27, 5, 24) }), Organiser)
            .ThenRefused(RefusalCode.DateUnreadable);
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { ReviewDate = new(2020, 5, 24) }), Organiser)
            .ThenRefused(RefusalCode.DatePassed);
        Given(Lobby).When(new RecordIntake(FullIntake with { Sponsor = "" }), Organiser).ThenRefused(RefusalCode.IntakeIncomplete);
        Given(Lobby)
            .When(new RecordIntake(FullIntake with { Sponsor = "Directeur" }), Organiser)
            .Then(new IntakeRecorded(FullIntake.Terms))
            .After.Intake!.Sponsor.ShouldBe("Directeur");
        Given([Prepared, new LobbyOpened("haast", T)])
            .When(new RecordIntake(FullIntake with { Sponsor = "" }), Organiser)
            .Then(new IntakeRecorded(FullIntake.Terms))
            .After.Intake!.Sponsor.ShouldBeEmpty();
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { Sponsor = new string('x', 301) }), Organiser)
            .ThenRefused(RefusalCode.TextTooLong);
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { Mandate = new string('x', 4001) }), Organiser)
            .ThenRefused(RefusalCode.TextTooLong);
        Given(Prepared).When(new RecordIntake(FullIntake with { Affected = [null!] }), Organiser).ThenRefused(RefusalCode.ValueOutOfRange);
        Given(Prepared)
            .When(new RecordIntake(FullIntake with { Affected = [.. Enumerable.Repeat(FullIntake.Affected[0], 51)] }), Organiser)
            .ThenRefused(RefusalCode.ValueOutOfRange);
    }

    [Fact]
    public void The_lobby_opens_when_the_intake_is_complete() =>
        Given(Prepared, new IntakeRecorded(FullIntake.Terms)).When(new OpenLobby(), Organiser).Then(new LobbyOpened(null, T));

    [Fact]
    public void The_lobby_stays_shut_while_the_intake_lacks_something_and_says_what() =>
        Given(Prepared)
            .When(new OpenLobby(), Organiser)
            .ThenRefused(RefusalCode.IntakeIncomplete)
            .Facts!["lacking"]
            .ShouldBe("sponsor,statusOfOutcome,followUpOwner,reviewDate,affected");

    [Fact]
    public void An_empty_chair_without_a_reason_is_lacking()
    {
        DialogueRules.Lacking(FullIntake with { Affected = [new("Gemeenten", Chair.Waived, " ")] }).ShouldBe(["emptyChair"]);
        DialogueRules.Lacking(FullIntake with { Affected = [new("Gemeenten", null, "x")] }).ShouldBe(["emptyChair"]);
        DialogueRules.Lacking(FullIntake with { StatusOfOutcome = null }).ShouldBe(["statusOfOutcome"]);
        DialogueRules.Lacking(FullIntake).ShouldBeEmpty();
    }

    [Fact]
    public void A_reason_opens_the_lobby_all_the_same_and_is_kept()
    {
        Given(Prepared).When(new OpenLobby(" Er is haast "), Organiser).Then(new LobbyOpened("Er is haast", T));
        Given(Prepared).When(new OpenLobby(new string('x', 301)), Organiser).ThenRefused(RefusalCode.TextTooLong);
    }

    [Fact]
    public void A_seat_gets_the_next_number_a_free_name_and_a_known_perspective()
    {
        Given(Lobby)
            .When(new TakeSeat("yusuf", "piloot", Role.Participant), Organiser)
            .Then(new SeatTaken(new(11), Role.Participant), new CardDealt(new(11), 0))
            .Told.ShouldBe([new NameTold(new(11), "yusuf 2")]);
        Given(Lobby)
            .When(new TakeSeat("Petra", "burger", Role.Participant, Senior: true), Organiser)
            .Then(new SeatTaken(new(11), Role.Participant), new PerspectiveTold(new(11), "burger", Senior: true), new CardDealt(new(11), 0))
            .After.NameOf(new(11))
            .ShouldBe("Petra");
    }

    [Theory]
    [InlineData(" ", Role.Participant, RefusalCode.NameMissing)]
    [InlineData("Een naam die veel langer is dan zestig tekens en dus nergens op past", Role.Participant, RefusalCode.TextTooLong)]
    [InlineData("Scherm", Role.Projector, RefusalCode.NotAllowed)]
    [InlineData("Baas", Role.Organiser, RefusalCode.NotAllowed)]
    [InlineData("Baas", Role.Participant | Role.Organiser, RefusalCode.NotAllowed)]
    [InlineData("Niemand", Role.None, RefusalCode.NotAllowed)]
    public void A_seat_that_cannot_be_is_refused(string name, Role role, RefusalCode code) =>
        Given(Lobby).When(new TakeSeat(name, "burger", role), Organiser).ThenRefused(code);

    [Fact]
    public void A_full_room_takes_nobody() =>
        Given([
                Prepared,
                new LobbyOpened(null, T),
                .. Enumerable.Range(1, Limits.SeatsPerDialogue).Select(n => new SeatTaken(new(n), Role.Participant)),
            ])
            .When(new TakeSeat("Nog een", "", Role.Participant), Organiser)
            .ThenRefused(RefusalCode.DialogueFull);

    [Fact]
    public void A_seat_is_renamed_by_its_holder()
    {
        Given(Lobby).When(new RenameSeat("Joop"), Yusuf).Then(new SeatRenamed(new(4))).After.NameOf(new(4)).ShouldBe("Joop");
        Given(Lobby).When(new RenameSeat("Marja"), Yusuf).After.NameOf(new(4)).ShouldBe("Marja 2");
        Given(Lobby).When(new RenameSeat("YUSUF"), Yusuf).After.NameOf(new(4)).ShouldBe("YUSUF");
        Given(Lobby).When(new RenameSeat(" "), Yusuf).ThenRefused(RefusalCode.NameMissing);
    }

    [Fact]
    public void Somebody_may_leave_and_is_gone_from_the_hands() =>
        Given(In("live"))
            .And(new HandRaised(new(4), true))
            .When(new LeaveSeat(), Yusuf)
            .Then(new SeatLeft(new(4)))
            .After.Hands.ShouldBeEmpty();

    [Fact]
    public void A_facilitator_gives_roles_of_the_table_only()
    {
        Given(Lobby).When(new GiveRole(new(4), Role.CoFacilitator), Facilitator).Then(new RoleGiven(new(4), Role.CoFacilitator));
        foreach (
            var role in (Role[])[Role.None, Role.Projector, Role.Organiser, Role.Facilitator | Role.Organiser, Role.Everyone, (Role)4096]
        )
            Given(Lobby).When(new GiveRole(new(4), role), Facilitator).ThenRefused(RefusalCode.NotAllowed);
        Given(Lobby).When(new GiveRole(new(99), Role.Observer), Facilitator).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact]
    public void The_last_facilitator_keeps_that_role()
    {
        Given(Lobby).When(new GiveRole(new(1), Role.Participant), Facilitator).ThenRefused(RefusalCode.LastFacilitator);
        Given(Lobby).When(new RemoveSeat(new(1), "x"), Facilitator).ThenRefused(RefusalCode.LastFacilitator);
        Given(Lobby).When(new LeaveSeat(), Facilitator).ThenRefused(RefusalCode.LastFacilitator);
        Given(Lobby)
            .And(new RoleGiven(new(2), Role.Facilitator))
            .When(new GiveRole(new(1), Role.Participant), Facilitator)
            .Events.Count.ShouldBe(1);
    }

    [Fact]
    public void A_seat_is_removed_with_a_reason()
    {
        Given(Lobby)
            .When(new RemoveSeat(new(4), " Verkeerde zaal "), Facilitator)
            .Then(new SeatRemoved(new(4)), new RemovalExplained(new(4), "Verkeerde zaal"));
        Given(Lobby).When(new RemoveSeat(new(4), " "), Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        Given(Lobby).When(new RemoveSeat(new(4), new string('x', 301)), Facilitator).ThenRefused(RefusalCode.TextTooLong);
    }

    [Fact]
    public void A_phase_is_started_from_where_the_guide_saw_the_room() =>
        Given(In("live")).When(new StartPhase(Id("named"), Id("live")), CoFacilitator).Then(new PhaseStarted(Id("named"), Id("live"), T));

    [Fact]
    public void Two_guides_who_press_next_at_once_advance_once()
    {
        var first = Given(In("live")).When(new StartPhase(Id("blind"), Id("live")), Facilitator);
        first
            .And.When(new StartPhase(Id("blind"), Id("live")), CoFacilitator)
            .ThenRefused(RefusalCode.AlreadyAdvanced)
            .Facts!["current"]
            .ShouldBe("blind");
        first.And.When(new StartPhase(Id("blind"), Id("blind")), CoFacilitator).ThenRefused(RefusalCode.AlreadyAdvanced);
        Given(Lobby).When(new StartPhase(Id("live"), Id("blind")), Facilitator).ThenRefused(RefusalCode.AlreadyAdvanced);
    }

    [Fact]
    public void A_phase_that_is_not_there_is_not_started() =>
        Given(Lobby).When(new StartPhase(Id("nergens"), null), Facilitator).ThenRefused(RefusalCode.NoSuchPhase);

    [Fact]
    public void An_anonymous_phase_opens_for_five_at_the_table_and_not_for_four()
    {
        var four = Given([Prepared, new LobbyOpened(null, T), .. Seats.Take(4).SelectMany(Seated)]);
        four.When(new StartPhase(Id("box"), null), Facilitator).ThenRefused(RefusalCode.TooFewSeats).Facts!["limit"].ShouldBe("5");
        four.And(Seated(Seats[8])).When(new StartPhase(Id("box"), null), Facilitator).ThenRefused(RefusalCode.TooFewSeats);
        four.And(Seated(Seats[4])).When(new StartPhase(Id("box"), null), Facilitator).Then(new PhaseStarted(Id("box"), null, T));
    }

    [Fact]
    public void Going_on_closes_a_blind_round_and_shows_what_was_written()
    {
        var outcome = Given(In("blind"))
            .When(new AddItem(Id("blind"), ItemKind.Argument, "Omdat"), Yusuf)
            .And.When(new StartPhase(Id("named"), Id("blind")), Facilitator);
        outcome.Events.Select(e => e.GetType().Name).ShouldBe(["ItemsRevealed", "RoundClosed", "PhaseStarted"]);
        outcome.After.ShownIn(Id("blind")).ShouldHaveSingleItem().Text.ShouldBe("Omdat");
    }

    [Fact]
    public void Going_back_keeps_all_that_was_brought_in()
    {
        var scene = Given(In("blind"))
            .When(new AddItem(Id("blind"), ItemKind.Argument, "Omdat"), Yusuf)
            .And.When(new StartPhase(Id("kaart"), Id("blind")), Facilitator)
            .And.When(new AddItem(Id("kaart"), ItemKind.Effect, "Ik ben moe", "weet-niet"), Marja)
            .And.When(new StartPhase(Id("live"), Id("kaart")), Facilitator)
            .And;
        scene.State.ShownIn(Id("blind")).Count().ShouldBe(1);
        scene.State.ShownIn(Id("kaart")).Count().ShouldBe(1);
        var again = scene.When(new StartPhase(Id("blind"), Id("live")), Facilitator).After;
        again.Phase(Id("blind"))!.RoundOpen.ShouldBeFalse("coming back does not open what was closed");
        again.ShownIn(Id("blind")).Count().ShouldBe(1);
        again.HeldBy(new SeatId(4), Id("blind")).Count().ShouldBe(1);
    }

    [Fact]
    public void Going_back_works_from_a_decision_that_was_not_made() =>
        Given(In("besluit"))
            .When(new StartPhase(Id("live"), Id("besluit")), Facilitator)
            .Then(new RoundClosed(Id("besluit")), new PhaseStarted(Id("live"), Id("besluit"), T));

    [Fact]
    public void A_round_is_closed_reopened_and_not_twice()
    {
        var closed = Given(In("blind")).When(new CloseRound(Id("blind")), Facilitator).Then(new RoundClosed(Id("blind"))).And;
        closed.When(new CloseRound(Id("blind")), Facilitator).ThenRefused(RefusalCode.RoundClosed);
        closed
            .When(new ReopenRound(Id("blind")), Facilitator)
            .Then(new RoundReopened(Id("blind")))
            .And.When(new ReopenRound(Id("blind")), Facilitator)
            .ThenRefused(RefusalCode.RoundStillOpen);
    }

    [Fact]
    public void A_sealed_round_needs_three_entries_to_close_and_never_opens_again()
    {
        SealedEntry[] three =
        [
            new SealedItem(ItemKind.Argument, "a", "mag"),
            new SealedItem(ItemKind.Argument, "b", "mag"),
            new SealedItem(ItemKind.Argument, "c", "wil"),
        ];
        Given(In("box")).When(new CloseRound(Id("box")), Facilitator, box: three[..2]).ThenRefused(RefusalCode.TooFewEntries);
        Given(In("box")).When(new CloseRound(Id("box")), Facilitator).ThenRefused(RefusalCode.TooFewEntries);
        Given(In("box"))
            .When(new CloseRound(Id("box")), Facilitator, box: three)
            .And.When(new ReopenRound(Id("box")), Facilitator)
            .ThenRefused(RefusalCode.SealedPhase);
    }

    [Fact]
    public void Going_on_leaves_a_box_with_too_little_in_it_shut()
    {
        var outcome = Given(In("box"))
            .When(new StartPhase(Id("live"), Id("box")), Facilitator, box: [new SealedItem(ItemKind.Argument, "a", "mag")]);
        outcome.Then(new PhaseStarted(Id("live"), Id("box"), T)).After.Phase(Id("box"))!.RoundOpen.ShouldBeTrue();
    }

    [Fact]
    public void What_is_wanted_of_a_phase_is_wanted_of_the_current_one()
    {
        Given(In("live")).When(new CloseRound(Id("nergens")), Facilitator).ThenRefused(RefusalCode.NoSuchPhase);
        Given(In("live")).When(new CloseRound(Id("blind")), Facilitator).ThenRefused(RefusalCode.PhaseNotOpen);
    }

    [Theory]
    [InlineData(-31), InlineData(61), InlineData(0)]
    public void Time_is_added_within_reason(int minutes) =>
        Given(In("live")).When(new ExtendPhase(Id("live"), minutes), Facilitator).ThenRefused(RefusalCode.ValueOutOfRange);

    [Fact]
    public void Time_moves_the_number_on_the_screens_and_a_pause_does_too()
    {
        Given(In("live")).When(new ExtendPhase(Id("live"), 5), Facilitator).After.CurrentPhase!.Deadline.ShouldBe(T.AddMinutes(15));
        Given(In("live"))
            .When(new PauseDialogue(), Facilitator)
            .Then(new DialoguePaused(T))
            .And.When(new ResumeDialogue(), Facilitator, now: T.AddMinutes(7))
            .After.CurrentPhase!.Deadline.ShouldBe(T.AddMinutes(17));
    }

    [Fact]
    public void A_dialogue_closes_with_an_agreement_or_with_a_reason_why_not()
    {
        Given(In("live")).When(new CloseDialogue(), Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        Given(In("live")).When(new CloseDialogue(new string('x', 301)), Facilitator).ThenRefused(RefusalCode.TextTooLong);
        Given(In("live")).When(new CloseDialogue("Eerst onderzoek"), Facilitator).Then(new DialogueClosed(T, "Eerst onderzoek"));
        var agreement = ((AgreementProposed)Examples.Events.Single(e => e is AgreementProposed)).Agreement;
        Given(In("afspraken"))
            .And(new AgreementProposed(Id("afspraken"), agreement))
            .When(new CloseDialogue(), Facilitator)
            .Then(new DialogueClosed(T, null));
        Given(In("afspraken"))
            .And(new AgreementProposed(Id("afspraken"), agreement with { Confirmed = false }))
            .When(new CloseDialogue(), Facilitator)
            .ThenRefused(RefusalCode.ReasonMissing);
    }

    [Fact]
    public void Ready_and_hands_are_about_oneself()
    {
        Given(In("live")).When(new MarkReady(Id("live"), true), Yusuf).Then(new ReadyMarked(new(4), Id("live"), true));
        Given(In("live"))
            .When(new RaiseHand(true), Yusuf)
            .Then(new HandRaised(new(4), true))
            .And.When(new LowerHand(new(4)), Facilitator)
            .Then(new HandRaised(new(4), false))
            .After.Hands.ShouldBeEmpty();
    }

    [Fact]
    public void A_parked_question_has_a_perspective_but_none_in_an_anonymous_phase()
    {
        var parked = Given(In("live")).When(new ParkQuestion(" Mag dit? "), Yusuf).Then<QuestionParked>().Item;
        (parked.Text, parked.Perspective, parked.By, parked.Kind).ShouldBe(("Mag dit?", "burger", null, ItemKind.Question));
        Given(In("box")).When(new ParkQuestion("Mag dit?"), Yusuf).Then<QuestionParked>().Item.Perspective.ShouldBeNull();
        Given(In("live")).When(new ParkQuestion(" "), Yusuf).ThenRefused(RefusalCode.TextMissing);
        Given(In("live")).When(new ParkQuestion(new string('x', 301)), Yusuf).ThenRefused(RefusalCode.TextTooLong);
    }

    [Fact]
    public void An_item_is_reworded_and_taken_back_by_its_author_while_the_round_is_open()
    {
        var scene = Given(In("live")).And(Shown(1));
        scene.When(new EditItem(Item(1), "Beter"), Yusuf).After.ShownIn(Id("live")).ShouldHaveSingleItem().Text.ShouldBe("Beter");
        scene.When(new EditItem(Item(1), " "), Yusuf).ThenRefused(RefusalCode.TextMissing);
        scene.When(new EditItem(Item(1), "x"), Marja).ThenRefused(RefusalCode.NotYours);
        scene.When(new EditItem(Item(2), "x"), Yusuf).ThenRefused(RefusalCode.NoSuchItem);
        scene.When(new WithdrawItem(Item(1)), Marja).ThenRefused(RefusalCode.NotYours);
        scene
            .When(new WithdrawItem(Item(1)), Yusuf)
            .Then(new ItemWithdrawn(Item(1)))
            .And.When(new WithdrawItem(Item(1)), Yusuf)
            .ThenRefused(RefusalCode.NoSuchItem);
        scene.And(new RoundClosed(Id("live"))).When(new EditItem(Item(1), "x"), Yusuf).ThenRefused(RefusalCode.RoundClosed);
        scene
            .And(new PhaseStarted(Id("named"), Id("live"), T))
            .When(new EditItem(Item(1), "x"), Yusuf)
            .ThenRefused(RefusalCode.PhaseNotOpen);
    }

    [Fact]
    public void Nobody_learns_of_a_blind_item_by_trying_its_number()
    {
        var scene = Given(In("blind")).When(new AddItem(Id("blind"), ItemKind.Argument, "Omdat"), Yusuf).And;
        var id = scene.State.Items.Keys.Single();
        scene.When(new EditItem(id, "x"), Marja).ThenRefused(RefusalCode.NoSuchItem);
        scene.When(new HideItem(id, "x"), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        scene.When(new SpotlightItem(id), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        scene.When(new WithdrawItem(id), Yusuf).Then(new ItemErased(new(4), id));
    }

    [Fact]
    public void A_guide_hides_with_a_reason_and_puts_forward()
    {
        var scene = Given(In("live")).And(Shown(1));
        scene
            .When(new HideItem(Item(1), "Noemt een naam"), Facilitator)
            .Then(new ItemHidden(Item(1), "Noemt een naam", new(1)))
            .After.ShownIn(Id("live"))
            .ShouldBeEmpty();
        scene.When(new HideItem(Item(1), " "), Facilitator).ThenRefused(RefusalCode.ReasonMissing);
        scene.When(new HideItem(Item(9), "x"), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        scene
            .When(new SpotlightItem(Item(1)), Facilitator)
            .Then(new ItemSpotlit(Item(1)))
            .And.When(new SpotlightItem(null), Facilitator)
            .After.Spotlight.ShouldBeNull();
        scene.When(new SpotlightItem(Item(9)), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
    }

    [Fact]
    public void An_opened_decision_is_not_slipped_past_by_going_back_first()
    {
        var back = Given(In("besluit")).When(new StartPhase(Id("live"), Id("besluit")), Facilitator).And;
        back.When(new StartPhase(Id("afspraken"), Id("live")), Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        back.When(new CloseDialogue("Genoeg"), Facilitator).ThenRefused(RefusalCode.DecisionMissing);
        back.When(new StartPhase(Id("blind"), Id("live")), Facilitator).Events.Count.ShouldBe(1);
        Given(In("live"))
            .When(new StartPhase(Id("afspraken"), Id("live")), Facilitator)
            .Then(new PhaseStarted(Id("afspraken"), Id("live"), T));
    }

    [Fact]
    public void The_same_seed_decides_the_same_and_another_seed_numbers_otherwise()
    {
        Item Add(int seed) =>
            Given(In("live")).When(new AddItem(Id("live"), ItemKind.Effect, "x"), Yusuf, seed).Then<ItemsRevealed>().Items[0];
        Add(7).ShouldBe(Add(7));
        Enumerable.Range(0, 100).Select(seed => Add(seed).Id).Distinct().Count().ShouldBe(100);
    }

    [Fact, Trait("Finding", "K2")]
    public void An_anonymous_phase_opens_and_closes_for_people_who_are_here()
    {
        var four = new HashSet<SeatId> { new(1), new(3), new(4), new(5), new(9) };
        var refused = Given(Lobby).When(new StartPhase(Id("box"), null), Facilitator, present: four).ThenRefused(RefusalCode.TooFewSeats);
        (refused.Facts!["limit"], refused.Facts["present"]).ShouldBe(("5", "4"), "an observer does not count");
        var five = four.Append(new SeatId(6)).ToHashSet();
        var open = Given(Lobby).When(new StartPhase(Id("box"), null), Facilitator, present: five).And;
        Dialogue.Anonymous.SealedEntry[] box =
        [
            .. Enumerable.Range(1, 3).Select(n => new Dialogue.Anonymous.SealedItem(ItemKind.Argument, $"{n}", "mag")),
        ];
        open.When(new CloseRound(Id("box")), Facilitator, box: box, present: new HashSet<SeatId> { new(1), new(4) })
            .ThenRefused(RefusalCode.TooFewSeats)
            .Facts!["present"]
            .ShouldBe("2");
        open.When(new CloseRound(Id("box")), Facilitator, box: box, present: five).Then<ItemsRevealed>().Items.Count.ShouldBe(3);
    }

    [Fact, Trait("Finding", "B6")]
    public void Who_took_part_is_counted_from_who_was_there()
    {
        var all = Seats.Select(seat => seat.Id).ToHashSet();
        var few = new HashSet<SeatId> { new(1), new(4), new(5) };
        var state = Given(Lobby)
            .When(new StartPhase(Id("live"), null), Facilitator, present: all)
            .And.When(new StartPhase(Id("named"), Id("live")), Facilitator, present: few)
            .And.When(new CloseDialogue("Alleen gepraat"), Facilitator, present: few)
            .After;
        state.Seats.Values.Where(state.TookPart).Select(seat => seat.Id).ShouldBe([new(1), new(4), new(5)]);
    }

    [Fact, Trait("Finding", "B6")]
    public void Somebody_who_is_away_is_passed_over_in_a_round()
    {
        var here = new HashSet<SeatId> { new(1), new(4), new(5) };
        var round = Given(In("ronde")).When(new Activities.Talk.StartTurns(Id("ronde")), Facilitator, present: here);
        round.Then<Activities.Talk.TurnsStarted>().Order.ShouldBe([new(4), new(5)], ignoreOrder: true);
    }

    [Fact, Trait("Finding", "B5")]
    public void A_locked_door_makes_newcomers_wait_and_a_guide_lets_them_in()
    {
        Given(Lobby).When(new Knock("Fatima", "burger"), Organiser).ThenRefused(RefusalCode.NotAllowed);
        var locked = Given(Lobby).When(new LockDoor(), CoFacilitator).Then(new DoorLocked()).And;
        locked.When(new LockDoor(), Facilitator).Events.ShouldBeEmpty();
        var waits = locked.When(new Knock(" Fatima ", "burger"), Organiser).Then(new NewcomerWaits(1));
        waits.Told.ShouldBe([new NewcomerTold(1, new NewcomerPerson("Fatima", "burger"))]);
        waits.And.When(new LetIn(1), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        waits.And.When(new LetIn(2), Facilitator).ThenRefused(RefusalCode.NoSuchNewcomer);
        var inside = waits.And.When(new LetIn(1), Facilitator);
        inside.Then<SeatTaken>().ShouldBe(new SeatTaken(new(11), Role.Participant));
        inside.After.NameOf(new(11)).ShouldBe("Fatima");
        inside.After.Newcomers.ShouldBeEmpty();
        inside.After.WaitingPeople.ShouldBeEmpty();
        waits.And.When(new TurnAway(1), Facilitator).After.Newcomers.ShouldBeEmpty();
        locked.When(new UnlockDoor(), Facilitator).After.DoorIsLocked.ShouldBeFalse();
    }

    [Fact, Trait("Finding", "B5")]
    public void Whoever_was_removed_waits_though_the_door_is_open_and_gets_the_same_seat_back()
    {
        var removed = Given(Lobby).When(new RemoveSeat(new(4), "Stoort"), Facilitator).And;
        removed.State.Seat(new(4)).ShouldBe(Seats[3] with { Left = true, Removed = true });
        var waits = removed.When(new Knock("Yusuf", "", new SeatId(4)), Organiser).Then(new NewcomerWaits(1, new SeatId(4))).And;
        var back = waits.When(new LetIn(1), Facilitator).Then(new SeatReturned(new(4)), new NewcomerLetIn(1, new(4))).After;
        back.Seat(new(4)).ShouldBe(Seats[3]);
        back.Seats.Count.ShouldBe(Seats.Length);
    }

    [Fact, Trait("Finding", "B5")]
    public void Seats_that_were_left_make_room_for_others()
    {
        DialogueEvent[] full =
        [
            Prepared,
            new LobbyOpened(null, T),
            .. Enumerable.Range(1, Limits.SeatsPerDialogue).Select(n => new SeatTaken(new(n), Role.Participant)),
        ];
        Given([.. full, new SeatLeft(new(7))])
            .When(new TakeSeat("Nog een", "", Role.Participant), Organiser)
            .Then<SeatTaken>()
            .Seat.ShouldBe(new SeatId(Limits.SeatsPerDialogue + 1));
    }
}
