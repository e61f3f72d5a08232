using Dialogue.Activities;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Talk;
using Dialogue.FollowUp;
using static Dialogue.Room;
using static Dialogue.Scenes;

namespace Dialogue;

/// <summary>The record says what happened, and no more.</summary>
public class RecordTests
{
    private static readonly PhaseId Consent = Id("consent");
    private static readonly PhaseId Advice = Id("besluit");

    [Fact, Trait("Finding", "D1")]
    public void A_fact_that_a_participant_brought_in_is_to_be_checked_until_a_guide_checked_it_with_a_source()
    {
        var said = Given(In("vrij")).When(new CapturePoint(Id("vrij"), ItemKind.Fact, "Niemand leest de brief"), Facilitator);
        var item = said.Then<ItemsRevealed>().Items[0];
        item.Certainty.ShouldBe(Certainty.ToCheck);
        said.And.When(new CheckFact(item.Id, Certainty.Known, " "), Facilitator).ThenRefused(RefusalCode.SourceMissing);
        said.And.When(new CheckFact(item.Id, Certainty.Known, "Onderzoek 2025"), Yusuf).ThenRefused(RefusalCode.NotAllowed);
        var checkedIt = said.And.When(new CheckFact(item.Id, Certainty.Known, "Onderzoek 2025"), Facilitator);
        checkedIt.Then(new FactChecked(item.Id, Certainty.Known, "Onderzoek 2025", new(1)));
        var now = checkedIt.After.Items[item.Id].Item;
        (now.Certainty, now.Source).ShouldBe((Certainty.Known, "Onderzoek 2025"));
        // Other words are another claim.
        var reworded = checkedIt.And.When(new EditItem(item.Id, "Bijna niemand leest de brief"), Facilitator).After.Items[item.Id].Item;
        (reworded.Certainty, reworded.Source).ShouldBe((Certainty.ToCheck, null));
    }

    [Fact, Trait("Finding", "D1")]
    public void Only_a_fact_that_is_shown_can_be_checked()
    {
        var scene = Given([.. In("live"), .. Shown(1)]);
        scene.When(new CheckFact(Item(1), Certainty.Known, "x"), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        scene.When(new CheckFact(Item(9), Certainty.Known, "x"), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
    }

    [Theory, Trait("Finding", "D2")]
    [InlineData(OutcomeStatus.Explore, ResultKind.Advice, true)]
    [InlineData(OutcomeStatus.Explore, ResultKind.Decision, true)]
    [InlineData(OutcomeStatus.Explore, ResultKind.NoDecision, false)]
    [InlineData(OutcomeStatus.Advice, ResultKind.Decision, true)]
    [InlineData(OutcomeStatus.Advice, ResultKind.Advice, false)]
    [InlineData(OutcomeStatus.Decision, ResultKind.Decision, false)]
    public void A_dialogue_ends_in_no_more_than_was_agreed_beforehand(OutcomeStatus status, ResultKind kind, bool refused)
    {
        var outcome = Agreed("consent", status).When(new SettleDecision(Consent, kind, "Proef", "Want", []), Facilitator);
        if (refused)
            outcome.ThenRefused(RefusalCode.OutcomeNotAgreed).Facts!["status"].ShouldBe(status.Word());
        else
            outcome.Then<DecisionSettled>();
    }

    [Fact, Trait("Finding", "D2")]
    public void A_dialogue_that_explores_goes_on_without_a_decision() =>
        Agreed("consent", OutcomeStatus.Explore).When(new StartPhase(Id("afspraken"), Consent), Facilitator).Then<PhaseStarted>();

    [Fact, Trait("Finding", "D2")]
    public void Under_consent_an_objection_that_stands_beside_is_still_in_the_way()
    {
        var scene = Agreed("consent", OutcomeStatus.Decision)
            .When(new ProposeDecision(Consent, "Proef"), Facilitator)
            .And.When(new RaiseObjection(Consent, "Niet gemeten"), Marja)
            .And;
        var objection = Of(scene).Objections.Single().Id;
        var beside = scene.When(new ResolveObjection(Consent, objection, null), Facilitator).And;
        var settle = new SettleDecision(Consent, ResultKind.Decision, "Proef", "Want", []);
        beside.When(settle, Facilitator).ThenRefused(RefusalCode.ObjectionOpen).Facts!["count"].ShouldBe("1");
        // Under another rule, by name, and with the objection named.
        var settled = beside
            .When(settle with { Rule = DecisionRule.Majority, Votes = new(3, 1) }, Facilitator)
            .Then<DecisionSettled>()
            .Decision;
        settled.Rule.ShouldBe(DecisionRule.Majority);
        settled.OpenObjections.ShouldBe([objection]);
    }

    [Fact, Trait("Finding", "D2")]
    public void Whoever_raised_an_objection_can_take_it_back_and_nobody_else()
    {
        var scene = Agreed("consent", OutcomeStatus.Decision)
            .When(new ProposeDecision(Consent, "Proef"), Facilitator)
            .And.When(new RaiseObjection(Consent, "Niet gemeten"), Marja)
            .And;
        var objection = Of(scene).Objections.Single().Id;
        scene.When(new WithdrawObjection(Consent, objection), Yusuf).ThenRefused(RefusalCode.NotYours);
        scene
            .When(new WithdrawObjection(Consent, objection), Marja)
            .And.When(new SettleDecision(Consent, ResultKind.Decision, "Proef", "Want", []), Facilitator)
            .Then<DecisionSettled>()
            .Decision.OpenObjections.ShouldBeNull();
    }

    [Fact, Trait("Finding", "D2")]
    public void Under_mandate_only_the_holder_of_the_mandate_decides()
    {
        var scene = Agreed("consent", OutcomeStatus.Decision);
        var settle = new SettleDecision(Consent, ResultKind.Decision, "Proef", "Want", [], Rule: DecisionRule.Mandate);
        scene.When(settle, Facilitator).ThenRefused(RefusalCode.MandateNotHeld);
        scene.When(settle with { DecidedBy = Yusuf.Seat }, Facilitator).ThenRefused(RefusalCode.MandateNotHeld);
        scene.When(settle with { DecidedBy = Board.Seat }, Facilitator).Then<DecisionSettled>().Decision.DecidedBy.ShouldBe(Board.Seat);
        scene.When(settle, Board).Then<DecisionSettled>().Decision.DecidedBy.ShouldBe(Board.Seat);
    }

    [Theory, Trait("Finding", "D2")]
    [InlineData(2, 2), InlineData(0, 0), InlineData(1, 3)]
    public void A_majority_that_is_none_is_refused(int pro, int contra) =>
        Agreed("consent", OutcomeStatus.Decision)
            .When(
                new SettleDecision(Consent, ResultKind.Decision, "Proef", "Want", [], Rule: DecisionRule.Majority, Votes: new(pro, contra)),
                Facilitator
            )
            .ThenRefused(RefusalCode.NoMajority)
            .Facts!.Keys.ShouldBe(["for", "of"], ignoreOrder: true);

    [Fact, Trait("Finding", "D2")]
    public void There_are_no_more_hands_than_people_and_positions_are_counted_by_the_rules()
    {
        Agreed("consent", OutcomeStatus.Decision)
            .When(
                new SettleDecision(Consent, ResultKind.Decision, "P", "W", [], Rule: DecisionRule.Majority, Votes: new(500, 1)),
                Facilitator
            )
            .ThenRefused(RefusalCode.ValueOutOfRange);
        var taken = new[] { Yusuf, Marja, Dex }.Aggregate(
            Agreed("besluit", OutcomeStatus.Decision),
            (scene, by) => scene.When(new TakePosition(Advice, by == Dex ? "stop" : "door", "Reden"), by).And
        );
        var closed = taken.When(new CloseRound(Advice), Facilitator).And;
        var settle = new SettleDecision(Advice, ResultKind.Advice, "P", "W", [], Rule: DecisionRule.Majority);
        closed.When(settle with { Choice = "stop" }, Facilitator).ThenRefused(RefusalCode.NoMajority);
        closed.When(settle with { Choice = "door" }, Facilitator).Then<DecisionSettled>().Decision.Choice.ShouldBe("door");
    }

    [Fact, Trait("Finding", "D2")]
    public void The_words_of_a_decision_are_corrected_as_a_version_and_the_first_words_stay()
    {
        var settled = Agreed("consent", OutcomeStatus.Decision)
            .When(new SettleDecision(Consent, ResultKind.Decision, "Proef", "Want", []), Facilitator)
            .And.When(new CorrectDecision(Consent, "Proef van zes maanden", "De duur stond er niet in"), Facilitator);
        settled.Then(new DecisionCorrected(Consent, 2, "Proef van zes maanden", "De duur stond er niet in"));
        Of(settled.And).Decision!.Text.ShouldBe("Proef van zes maanden");
        Of(settled.And).Earlier.ShouldBe([new Wording(1, "Proef", "De duur stond er niet in")]);
    }

    [Fact, Trait("Finding", "C4")]
    public void Among_fewer_than_five_a_position_has_no_perspective()
    {
        var three = new[] { Yusuf, Marja, Dex }.Aggregate(
            Given(In("besluit")),
            (scene, by) => scene.When(new TakePosition(Advice, "door", "Reden"), by).And
        );
        var revealed = three.When(new CloseRound(Advice), Facilitator).Then<PositionsRevealed>();
        revealed.Counts.ShouldBeNull();
        revealed.Positions.Count.ShouldBe(3);
        revealed.Positions.ShouldAllBe(position => position.Perspective == null);
    }

    [Fact, Trait("Finding", "D7")]
    public void A_hidden_item_can_be_shown_again_and_the_log_says_who_did_both()
    {
        var hidden = Given([.. In("live"), .. Shown(1)]).When(new HideItem(Item(1), "Noemt een naam"), Facilitator);
        hidden.Then(new ItemHidden(Item(1), "Noemt een naam", new(1)));
        var shown = hidden.And.When(new UnhideItem(Item(1)), CoFacilitator);
        shown.Then(new ItemUnhidden(Item(1), CoFacilitator.Seat));
        shown.After.IsShown(Item(1)).ShouldBeTrue();
        shown.And.When(new UnhideItem(Item(1)), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
        hidden.And.When(new UnhideItem(Item(1)), Yusuf).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact, Trait("Finding", "D7")]
    public void New_words_for_a_hidden_item_reach_only_the_author_and_the_guides_until_a_guide_approves()
    {
        var hidden = Given([.. In("live"), .. Shown(1)]).When(new HideItem(Item(1), "Noemt een naam"), Facilitator).And;
        var offered = hidden.When(new EditItem(Item(1), "Zonder naam"), Yusuf);
        foreach (var happened in offered.Events)
        {
            Marja.AsViewer.MaySee(happened).ShouldBeFalse();
            Observer.AsViewer.MaySee(happened).ShouldBeFalse();
            new Viewer(null, Role.Projector).MaySee(happened).ShouldBeFalse();
        }
        // Guides read the words and not whose they are.
        offered.Events.Where(one => Facilitator.AsViewer.MaySee(one)).ShouldBe([new RewordingOffered(Item(1), "Zonder naam")]);
        offered.Events.Where(one => Yusuf.AsViewer.MaySee(one)).ShouldBe([new RewordingWritten(new(4), Item(1), "Zonder naam")]);
        offered.After.Items[Item(1)].Item.Text.ShouldBe("Post komt niet aan");

        var refused = offered.And.When(new JudgeRewording(Item(1), Approved: false), Facilitator);
        refused.Then(new RewordingDropped(new(4), Item(1)), new RewordingOffered(Item(1), null));
        refused.Events.Where(one => Facilitator.AsViewer.MaySee(one)).ShouldBe([new RewordingOffered(Item(1), null)]);
        refused.After.Items[Item(1)].Offered.ShouldBeNull();
        refused.After.IsShown(Item(1)).ShouldBeFalse();
        var approved = offered.And.When(new JudgeRewording(Item(1), Approved: true), Facilitator);
        approved.After.IsShown(Item(1)).ShouldBeTrue();
        approved.After.Items[Item(1)].Item.Text.ShouldBe("Zonder naam");
        hidden.When(new JudgeRewording(Item(1), Approved: true), Facilitator).ThenRefused(RefusalCode.NoSuchItem);
    }

    [Fact, Trait("Finding", "D7")]
    public void A_released_tension_and_a_released_value_can_be_put_back()
    {
        var phase = Id("waarden");
        var named = Given([.. Lobby, .. Shown(1), new PhaseStarted(phase, null, Now)])
            .When(new NameTension(phase, "efficiency", "personhood", "Snel of gezien"), Yusuf);
        var id = named.Then<TensionNamed>().Id;
        var released = named.And.When(new ReleaseTension(phase, id), Marja).And;
        var restored = released.When(new RestoreTension(phase, id), Yusuf);
        ((OrganiseState)restored.And.State.CurrentPhase!.State).Tensions.ShouldHaveSingleItem().Id.ShouldBe(id);
        restored.And.When(new RestoreTension(phase, id), Yusuf).ThenRefused(RefusalCode.NothingToWithdraw);

        var invoked = Given([.. Lobby, .. Shown(1), new PhaseStarted(phase, null, Now)])
            .When(new InvokeValue(phase, Item(1), "personhood", ValueDirection.Strained), Yusuf);
        var value = invoked.Then<ValueInvoked>().Id;
        var back = invoked.And.When(new ReleaseValue(phase, value), Marja).And.When(new RestoreValue(phase, value), Marja);
        ((OrganiseState)back.And.State.CurrentPhase!.State).Invocations.ShouldHaveSingleItem().Id.ShouldBe(value);
    }

    [Fact, Trait("Finding", "D3")]
    public void What_a_step_chose_is_a_field_and_the_reason_is_what_was_written()
    {
        var action = new AgreedAction(
            ActionState.ReportedDone,
            Activities.Commit.AgreementKind.Prevent,
            new("Eigenaar"),
            new("Jurist"),
            "Bel",
            new(2027, 3, 8),
            new(2027, 4, 1),
            new(2027, 4, 1),
            null,
            "Verslag",
            0,
            new(2027, 3, 1),
            new(2027, 3, 1)
        );
        var entry = FollowUpRules
            .Decide(
                action,
                new ActionStep.Verify(Verdict.Partly, "Het verslag: half"),
                new("Jurist", ActionRoles.Verifier),
                new(2027, 3, 9)
            )
            .Value!.Entries.Single();
        (entry.Reason, entry.Detail.Verdict).ShouldBe(("Het verslag: half", Verdict.Partly));
        var dropped = FollowUpRules
            .Decide(
                action,
                new ActionStep.Drop(DropCategory.NotFeasible, "Geen geld"),
                new("Chris", ActionRoles.Coordinator),
                new(2027, 3, 9)
            )
            .Value!.Entries.Single();
        (dropped.Reason, dropped.Detail.Category).ShouldBe(("Geen geld", DropCategory.NotFeasible));
    }

    [Fact, Trait("Finding", "D4")]
    public void A_date_is_a_date_where_the_dialogue_is_held()
    {
        // Half past twelve at night in Amsterdam is still yesterday in Greenwich.
        var moment = new Moment(new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero), 1);
        Given(Prepared).State.Today(moment).ShouldBe(new DateOnly(2026, 7, 2));
        Given(Prepared with { TimeZone = "America/New_York" }).State.Today(moment).ShouldBe(new DateOnly(2026, 7, 1));
    }

    [Fact]
    public void A_choice_has_one_word()
    {
        Certainty.ToCheck.Word().ShouldBe("toCheck");
        Choices.Read<Certainty>("toCheck").ShouldBe(Certainty.ToCheck);
        Choices.Read<Certainty>("ToCheck").ShouldBeNull();
        Choices.Read<Certainty>(null).ShouldBeNull();
    }

    private static Scene Agreed(string phase, OutcomeStatus status) =>
        Given([.. In(phase), new IntakeRecorded(FullIntake.Terms with { StatusOfOutcome = status })]);

    private static DecideState Of(Scene scene) => (DecideState)scene.State.CurrentPhase!.State;
}
