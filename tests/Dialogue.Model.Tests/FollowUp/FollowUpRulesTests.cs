using System.Runtime.CompilerServices;
using System.Text;
using Dialogue.Activities.Commit;
using Dialogue.FollowUp;

namespace Dialogue.Model.Tests.FollowUp;

public class FollowUpRulesTests
{
    private static readonly DateOnly Today = new(2027, 3, 1);
    private static readonly ActionPerson Owner = new("Teamleider intake", "eigenaar@voorbeeld.test");
    private static readonly ActionPerson Verifier = new("Jurist", "jurist@voorbeeld.test");
    private static readonly ActionPerson Other = new("Procesregisseur", "regie@voorbeeld.test");
    private static readonly ActionActor AsOwner = new("Anneke", ActionRoles.Owner);
    private static readonly ActionActor AsVerifier = new("Bram", ActionRoles.Verifier);
    private static readonly ActionActor AsCoordinator = new("Chris", ActionRoles.Coordinator);

    private static AgreedAction Given(ActionState state, AgreementKind kind = AgreementKind.Prevent) =>
        new(
            state,
            kind,
            Owner,
            Verifier,
            "Bel de burger",
            new(2027, 3, 8),
            new(2027, 4, 1),
            new(2027, 4, 1),
            null,
            "Nieuwe werkinstructie",
            0,
            new(2027, 2, 20),
            new(2027, 2, 25)
        );

    private static AgreedAction After(AgreedAction action, ActionStep step, ActionActor by)
    {
        var decided = FollowUpRules.Decide(action, step, by, Today);
        decided.Refusal.ShouldBeNull();
        return decided.Value!.Action;
    }

    private static void Refused(AgreedAction action, ActionStep step, ActionActor by, RefusalCode code) =>
        FollowUpRules.Decide(action, step, by, Today).Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    private static ActionStep Sample(ActionStepKind kind) =>
        kind switch
        {
            ActionStepKind.Offer => new ActionStep.Offer(),
            ActionStepKind.Accept => new ActionStep.Accept(),
            ActionStepKind.Decline => new ActionStep.Decline("Niet van ons"),
            ActionStepKind.Plan => new ActionStep.Plan(),
            ActionStepKind.Start => new ActionStep.Start(),
            ActionStepKind.ReportProgress => new ActionStep.ReportProgress("Halverwege"),
            ActionStepKind.Block => new ActionStep.Block("Mandaat", "Directie"),
            ActionStepKind.Unblock => new ActionStep.Unblock(),
            ActionStepKind.ReportDone => new ActionStep.ReportDone([new(EvidenceKind.Document, "Werkinstructie 4.2")]),
            ActionStepKind.Verify => new ActionStep.Verify(Verdict.Agree),
            ActionStepKind.Reject => new ActionStep.Reject("Nog niet op de oorspronkelijke zaak getest"),
            ActionStepKind.AppointVerifier => new ActionStep.AppointVerifier(Other),
            ActionStepKind.ChangeDueDate => new ActionStep.ChangeDueDate(new(2027, 5, 1), "Wacht op release"),
            ActionStepKind.JudgeEffect => new ActionStep.JudgeEffect(ActionEffect.Helped, "Gesprek met vijf burgers"),
            ActionStepKind.Close => new ActionStep.Close(),
            ActionStepKind.Reopen => new ActionStep.Reopen("Klacht kwam terug"),
            ActionStepKind.Drop => new ActionStep.Drop(DropCategory.OtherSolution, "Wet is veranderd"),
            ActionStepKind.Supersede => new ActionStep.Supersede(Guid.Parse("11111111-1111-1111-1111-111111111111"), "Samengevoegd"),
            ActionStepKind.HandOver => new ActionStep.HandOver(Other, "Andere functie"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    [Fact]
    public void The_table_of_transitions_is_the_one_that_we_agreed_on()
    {
        var table = new StringBuilder("# state, step -> state after, by whom. Everything that is not here is refused.\n");
        foreach (var state in Enum.GetValues<ActionState>())
        {
            foreach (var kind in Enum.GetValues<ActionStepKind>())
            {
                var who = new List<string>();
                ActionState? after = null;
                foreach (var role in Enum.GetValues<ActionRoles>().Where(role => role != ActionRoles.None))
                {
                    var decided = FollowUpRules.Decide(Given(state), Sample(kind), new("X", role), Today);
                    if (!decided.Ok)
                        continue;
                    after = decided.Value!.Action.State;
                    who.Add(role.ToString());
                }
                if (after is not null)
                    table
                        .Append(state)
                        .Append(", ")
                        .Append(kind)
                        .Append(" -> ")
                        .Append(after)
                        .Append(", by ")
                        .AppendJoin(' ', who)
                        .Append('\n');
            }
        }
        Golden("transitions.txt", table.ToString());
    }

    private static void Golden(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, name);
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected == actual)
            return;
        File.WriteAllText(path + ".new", actual);
        actual.ShouldBe(expected, $"{name} differs; if the change is meant, put {name}.new in its place");
    }

    [Fact]
    public void What_may_be_taken_now_is_what_the_rules_accept()
    {
        foreach (var state in Enum.GetValues<ActionState>())
        foreach (var role in Enum.GetValues<ActionRoles>())
        {
            var by = new ActionActor("X", role);
            var open = FollowUpRules.Open(Given(state), by);
            foreach (var kind in Enum.GetValues<ActionStepKind>())
                FollowUpRules.Decide(Given(state), Sample(kind), by, Today).Ok.ShouldBe(open.Contains(kind), $"{state} {kind} {role}");
        }
    }

    [Fact]
    public void Only_the_owner_accepts()
    {
        foreach (var role in Enum.GetValues<ActionRoles>().Where(role => role != ActionRoles.Owner))
            Refused(Given(ActionState.Offered), new ActionStep.Accept(), new("X", role), RefusalCode.OnlyOwner);
        After(Given(ActionState.Offered), new ActionStep.Accept(), AsOwner).State.ShouldBe(ActionState.Planned);
    }

    [Fact]
    public void Accepting_without_a_verifier_waits_for_a_plan()
    {
        var accepted = After(
            Given(ActionState.Offered) with
            {
                Verifier = null,
            },
            new ActionStep.Accept(IfThen: "Als het maandag is, dan bel ik"),
            AsOwner
        );
        accepted.State.ShouldBe(ActionState.Accepted);
        accepted.IfThen.ShouldBe("Als het maandag is, dan bel ik");
        Refused(accepted, new ActionStep.Plan(), AsOwner, RefusalCode.VerifierMissing);
        Refused(accepted with { EvidencePlan = " " }, new ActionStep.Plan(), AsOwner, RefusalCode.EvidencePlanMissing);
        After(accepted, new ActionStep.Plan(Verifier: Other), AsOwner).State.ShouldBe(ActionState.Planned);
    }

    [Fact]
    public void Accepting_a_complete_plan_leaves_two_lines_in_the_journal()
    {
        var lines = FollowUpRules.Decide(Given(ActionState.Offered), new ActionStep.Accept(), AsOwner, Today).Value!.Entries;
        lines
            .Select(line => (line.What, line.Before, line.After))
            .ShouldBe([
                (ActionStepKind.Accept, ActionState.Offered, ActionState.Accepted),
                (ActionStepKind.Plan, ActionState.Accepted, ActionState.Planned),
            ]);
        lines.ShouldAllBe(line => line.Who == "Anneke" && line.As == ActionRoles.Owner);
    }

    [Fact]
    public void An_action_cannot_be_verified_by_its_owner()
    {
        var reported = Given(ActionState.ReportedDone);
        Refused(reported, new ActionStep.Verify(Verdict.Agree), AsOwner, RefusalCode.OwnerCannotVerify);
        Refused(
            reported,
            new ActionStep.Verify(Verdict.Agree),
            new("X", ActionRoles.Owner | ActionRoles.Verifier),
            RefusalCode.OwnerCannotVerify
        );
        Refused(reported, new ActionStep.Reject("x"), AsOwner, RefusalCode.OwnerCannotVerify);
        Refused(
            Given(ActionState.Verified),
            new ActionStep.JudgeEffect(ActionEffect.Helped, "x"),
            new("X", ActionRoles.Owner | ActionRoles.Sponsor),
            RefusalCode.OwnerCannotVerify
        );
    }

    [Fact]
    public void Nobody_becomes_the_verifier_of_what_they_own()
    {
        var same = Owner with { Name = "Iemand anders", Email = "EIGENAAR@voorbeeld.test " };
        Refused(Given(ActionState.Planned), new ActionStep.Plan(Verifier: same), AsOwner, RefusalCode.OwnerCannotVerify);
        Refused(Given(ActionState.Planned), new ActionStep.AppointVerifier(same), AsCoordinator, RefusalCode.OwnerCannotVerify);
        Refused(Given(ActionState.InProgress), new ActionStep.HandOver(Verifier, "x"), AsOwner, RefusalCode.OwnerCannotVerify);
        Refused(Given(ActionState.Declined), new ActionStep.Offer(Verifier), AsCoordinator, RefusalCode.OwnerCannotVerify);
        new ActionPerson("jurist").IsSameAs(new("Jurist ")).ShouldBeTrue();
    }

    [Fact]
    public void Reporting_done_needs_something_that_shows_it()
    {
        Refused(Given(ActionState.InProgress), new ActionStep.ReportDone([]), AsOwner, RefusalCode.EvidenceMissing);
        Refused(
            Given(ActionState.InProgress),
            new ActionStep.ReportDone([new(EvidenceKind.Document, "  ")]),
            AsOwner,
            RefusalCode.EvidenceMissing
        );
    }

    [Theory]
    [InlineData(AgreementKind.Repair, false)]
    [InlineData(AgreementKind.Technology, false)]
    [InlineData(AgreementKind.Rule, false)]
    [InlineData(AgreementKind.Communicate, true)]
    public void A_statement_alone_is_not_enough_where_people_depend_on_it(AgreementKind kind, bool enough)
    {
        var statement = new ActionStep.ReportDone([new(EvidenceKind.Statement, "Gedaan")]);
        if (enough)
            After(Given(ActionState.InProgress, kind), statement, AsOwner).State.ShouldBe(ActionState.ReportedDone);
        else
            Refused(Given(ActionState.InProgress, kind), statement, AsOwner, RefusalCode.StatementNotEnough);
        After(
            Given(ActionState.InProgress, kind),
            new ActionStep.ReportDone([new(EvidenceKind.Statement, "Gedaan"), new(EvidenceKind.CaseTest, "Zaak opnieuw gedraaid")]),
            AsOwner
        )
            .State.ShouldBe(ActionState.ReportedDone);
    }

    [Fact]
    public void Every_change_of_the_date_needs_a_reason_is_counted_and_keeps_the_date_of_the_room()
    {
        var action = Given(ActionState.InProgress);
        Refused(action, new ActionStep.ChangeDueDate(new(2027, 5, 1), " "), AsOwner, RefusalCode.ReasonMissing);
        Refused(action, new ActionStep.ChangeDueDate(action.DueDate, "x"), AsOwner, RefusalCode.SameDate);
        Refused(action, new ActionStep.ChangeDueDate(new(2027, 2, 28), "x"), AsOwner, RefusalCode.DatePassed);
        Refused(action, new ActionStep.ChangeDueDate(new(2027, 3, 5), "x"), AsOwner, RefusalCode.DateOrder);
        var once = After(action, new ActionStep.ChangeDueDate(new(2027, 5, 1), "x"), AsOwner);
        var twice = After(once, new ActionStep.ChangeDueDate(new(2027, 6, 1), "x"), AsCoordinator);
        (twice.DueDate, twice.OriginalDueDate, twice.DateChanges).ShouldBe((new DateOnly(2027, 6, 1), new DateOnly(2027, 4, 1), 2));
        new FollowUpPolicy().EscalationLevel(twice, Today).ShouldBe(3);
    }

    [Fact]
    public void An_action_is_not_dropped_by_its_owner_even_as_a_sponsor()
    {
        var drop = new ActionStep.Drop(DropCategory.NotFeasible, "x");
        Refused(Given(ActionState.InProgress), drop, AsOwner, RefusalCode.OwnerCannotDrop);
        Refused(Given(ActionState.InProgress), drop, new("X", ActionRoles.Owner | ActionRoles.Sponsor), RefusalCode.OwnerCannotDrop);
        Refused(Given(ActionState.InProgress), drop, new("X", ActionRoles.Facilitator), RefusalCode.NotAllowed);
        Refused(Given(ActionState.InProgress), drop with { Reason = "" }, AsCoordinator, RefusalCode.ReasonMissing);
        After(Given(ActionState.InProgress), drop, AsCoordinator).State.ShouldBe(ActionState.Dropped);
    }

    [Fact]
    public void Words_that_are_missing_are_asked_for()
    {
        Refused(Given(ActionState.Offered), new ActionStep.Decline(" "), AsOwner, RefusalCode.ReasonMissing);
        Refused(Given(ActionState.Offered) with { FirstStep = "" }, new ActionStep.Accept(), AsOwner, RefusalCode.FirstStepMissing);
        Refused(Given(ActionState.Offered), new ActionStep.Accept(FirstStepDate: new(2027, 4, 2)), AsOwner, RefusalCode.DateOrder);
        Refused(Given(ActionState.Declined) with { Owner = null }, new ActionStep.Offer(), AsCoordinator, RefusalCode.OwnerMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.Block("", "Directie"), AsOwner, RefusalCode.NeedMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.Block("Mandaat", ""), AsOwner, RefusalCode.NeedMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.ReportProgress(""), AsOwner, RefusalCode.TextMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.HandOver(Other, ""), AsOwner, RefusalCode.ReasonMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.HandOver(Owner, "x"), AsOwner, RefusalCode.OwnerMissing);
        Refused(Given(ActionState.InProgress), new ActionStep.Supersede(Guid.Empty, "x"), AsCoordinator, RefusalCode.SuccessorMissing);
        Refused(Given(ActionState.ReportedDone), new ActionStep.Verify(Verdict.Partly), AsVerifier, RefusalCode.ReasonMissing);
        Refused(Given(ActionState.ReportedDone), new ActionStep.Verify(Verdict.Agree), AsCoordinator, RefusalCode.OnlyVerifier);
        Refused(Given(ActionState.ReportedDone), new ActionStep.Reject(""), AsVerifier, RefusalCode.ReasonMissing);
        Refused(Given(ActionState.Verified), new ActionStep.JudgeEffect(ActionEffect.Helped, ""), AsCoordinator, RefusalCode.BasisMissing);
        Refused(Given(ActionState.Closed), new ActionStep.Reopen(""), AsCoordinator, RefusalCode.ReasonMissing);
        Refused(Given(ActionState.Planned), new ActionStep.AppointVerifier(new("")), AsCoordinator, RefusalCode.VerifierMissing);
        Refused(Given(ActionState.Verified), new ActionStep.Close(), AsCoordinator, RefusalCode.StepNotNow);
        Refused(
            Given(ActionState.Offered),
            new ActionStep.Decline(new string('x', Limits.TextLength + 1)),
            AsOwner,
            RefusalCode.TextTooLong
        );
    }

    [Fact]
    public void A_verifier_who_cannot_judge_makes_room_for_another_and_the_report_stands()
    {
        var waiting = After(
            Given(ActionState.ReportedDone),
            new ActionStep.Verify(Verdict.CannotJudge, "Ken het systeem niet"),
            AsVerifier
        );
        (waiting.State, waiting.Verifier).ShouldBe((ActionState.ReportedDone, null));
        After(waiting, new ActionStep.AppointVerifier(Other), AsCoordinator).Verifier.ShouldBe(Other);
    }

    [Fact]
    public void Somebody_who_takes_over_has_to_accept_first()
    {
        var handed = After(Given(ActionState.InProgress), new ActionStep.HandOver(Other, "Andere functie"), AsOwner);
        (handed.State, handed.Owner, handed.AskedOn).ShouldBe((ActionState.HandedOver, Other, Today));
        After(handed, new ActionStep.Accept(), AsOwner).State.ShouldBe(ActionState.Planned);
        After(handed, new ActionStep.Decline("Kan niet"), AsOwner).State.ShouldBe(ActionState.Declined);
    }

    [Theory]
    [InlineData(AgreementKind.Prevent, 6, 0)]
    [InlineData(AgreementKind.Prevent, 7, 1)]
    [InlineData(AgreementKind.Prevent, 14, 2)]
    [InlineData(AgreementKind.Repair, 14, 4)]
    [InlineData(AgreementKind.Prevent, 30, 3)]
    [InlineData(AgreementKind.Prevent, 60, 4)]
    public void Escalation_follows_from_the_days_late(AgreementKind kind, int late, int level)
    {
        var action = Given(ActionState.InProgress, kind);
        new FollowUpPolicy().EscalationLevel(action, action.DueDate.AddDays(late)).ShouldBe(level);
        new FollowUpPolicy().EscalationLevel(action with { State = ActionState.ReportedDone }, action.DueDate.AddDays(late)).ShouldBe(0);
    }

    [Fact]
    public void Blocked_for_more_than_two_weeks_reaches_the_sponsor()
    {
        var blocked = Given(ActionState.Blocked) with { DueDate = new(2027, 12, 1) };
        new FollowUpPolicy().EscalationLevel(blocked, blocked.StateSince.AddDays(14)).ShouldBe(0);
        new FollowUpPolicy().EscalationLevel(blocked, blocked.StateSince.AddDays(15)).ShouldBe(2);
    }
}
