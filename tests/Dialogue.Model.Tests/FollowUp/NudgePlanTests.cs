using Dialogue.Activities.Commit;
using Dialogue.FollowUp;

namespace Dialogue.Model.Tests.FollowUp;

public class NudgePlanTests
{
    private static readonly FollowUpPolicy Policy = new();

    // 2027-03-01 is a Monday.
    private static AgreedAction Given(ActionState state, AgreementKind kind = AgreementKind.Prevent) =>
        new(
            state,
            kind,
            new("Eigenaar"),
            new("Jurist"),
            "Bel",
            new(2027, 3, 20),
            new(2027, 5, 3),
            new(2027, 5, 3),
            null,
            "Plan",
            0,
            new(2027, 3, 1),
            new(2027, 3, 1)
        );

    private static DateOnly? On(AgreedAction action, NudgeKind kind) =>
        NudgePlan.For(action, Policy).SingleOrDefault(nudge => nudge.Kind == kind)?.On;

    [Fact]
    public void An_offer_without_an_answer_reminds_the_owner_after_five_working_days_and_the_sponsor_after_ten()
    {
        var offered = Given(ActionState.Offered);
        On(offered, NudgeKind.AnswerOwner).ShouldBe(new DateOnly(2027, 3, 8));
        On(offered, NudgeKind.AnswerSponsor).ShouldBe(new DateOnly(2027, 3, 15));
        On(offered, NudgeKind.DueSoon).ShouldBeNull();
    }

    [Fact]
    public void An_accepted_action_reminds_a_week_before_the_first_step_and_a_week_before_the_end()
    {
        On(Given(ActionState.Planned), NudgeKind.FirstStepSoon).ShouldBe(new DateOnly(2027, 3, 13));
        On(Given(ActionState.Planned), NudgeKind.DueSoon).ShouldBe(new DateOnly(2027, 4, 26));
        On(Given(ActionState.InProgress), NudgeKind.FirstStepSoon).ShouldBeNull();
    }

    [Fact]
    public void Nobody_is_reminded_of_a_date_that_was_near_when_they_took_it_on() =>
        On(Given(ActionState.Planned) with { FirstStepDate = new(2027, 3, 5) }, NudgeKind.FirstStepSoon).ShouldBeNull();

    [Fact]
    public void The_ladder_climbs_and_those_who_receive_about_many_receive_on_mondays()
    {
        var working = Given(ActionState.InProgress);
        On(working, NudgeKind.LateOwner).ShouldBe(new DateOnly(2027, 5, 10));
        On(working, NudgeKind.LateFacilitator).ShouldBe(new DateOnly(2027, 5, 10));
        On(working, NudgeKind.LateSponsor).ShouldBe(new DateOnly(2027, 5, 17));
        On(working, NudgeKind.LatePortfolio).ShouldBe(new DateOnly(2027, 6, 7));
        On(working, NudgeKind.LateBoard).ShouldBe(new DateOnly(2027, 7, 5));
        On(Given(ActionState.InProgress, AgreementKind.Repair), NudgeKind.LateBoard).ShouldBe(new DateOnly(2027, 5, 17));
    }

    [Fact]
    public void A_new_date_makes_new_nudges_and_the_second_new_date_tells_the_portfolio_manager()
    {
        var moved = Given(ActionState.InProgress) with { DueDate = new(2027, 6, 1), DateChanges = 2 };
        NudgePlan.For(moved, Policy).Where(nudge => nudge.Kind == NudgeKind.LateOwner).Single().About.ShouldBe(new DateOnly(2027, 6, 1));
        NudgePlan.For(moved, Policy).Single(nudge => nudge.Kind == NudgeKind.DatesPortfolio).Round.ShouldBe(2);
    }

    [Fact]
    public void Work_that_is_reported_done_reminds_its_verifier_and_nobody_that_it_is_late()
    {
        var plan = NudgePlan.For(Given(ActionState.ReportedDone), Policy);
        plan.ShouldHaveSingleItem().ShouldBe(new Nudge(NudgeKind.VerifyReminder, NudgeTo.Verifier, new(2027, 3, 1), 1, new(2027, 3, 15)));
        NudgePlan
            .For(Given(ActionState.ReportedDone) with { Verifier = null }, Policy)
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(NudgeKind.VerifierNeeded);
    }

    [Fact]
    public void What_is_blocked_reaches_the_sponsor_on_the_monday_after_two_weeks() =>
        On(Given(ActionState.Blocked), NudgeKind.BlockedSponsor).ShouldBe(new DateOnly(2027, 3, 22));

    [Fact]
    public void Nothing_is_planned_for_what_has_ended()
    {
        foreach (
            var state in new[]
            {
                ActionState.Proposed,
                ActionState.Verified,
                ActionState.EffectAssessed,
                ActionState.Closed,
                ActionState.Dropped,
                ActionState.Superseded,
            }
        )
            NudgePlan.For(Given(state), Policy).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_nudges_of_one_plan_have_the_same_key()
    {
        foreach (var state in Enum.GetValues<ActionState>())
        {
            var plan = NudgePlan.For(Given(state) with { DateChanges = 3 }, Policy);
            plan.DistinctBy(nudge => (nudge.Kind, nudge.About, nudge.Round)).Count().ShouldBe(plan.Count);
        }
    }
}
