using Dialogue.Activities.Commit;

namespace Dialogue.FollowUp;

/// <summary>Why somebody is reminded. One nudge goes to one group of receivers.</summary>
public enum NudgeKind
{
    FirstStepSoon,
    DueSoon,
    AnswerOwner,
    AnswerSponsor,
    DeclinedSponsor,
    LateOwner,
    LateFacilitator,
    LateSponsor,
    BlockedSponsor,
    LatePortfolio,
    DatesPortfolio,
    LateBoard,
    VerifyReminder,
    VerifierNeeded,
}

/// <summary>Who receives a nudge.</summary>
public enum NudgeTo
{
    Owner,
    Verifier,
    Facilitator,
    Sponsor,
    Portfolio,
    Board,
}

/// <param name="About">The date it is about (due date, day of asking ...): a new date makes a new nudge.</param>
/// <param name="On">The local date on which it goes out, at the time of the policy.</param>
public sealed record Nudge(NudgeKind Kind, NudgeTo To, DateOnly About, int Round, DateOnly On);

/// <summary>
/// Every nudge that an action deserves as it stands now. Pure: the same action gives the same list, so rows can be written in
/// the transaction that changed the action, and reminders can never disagree with dates.
/// </summary>
public static class NudgePlan
{
    public static IReadOnlyList<Nudge> For(AgreedAction action, FollowUpPolicy policy)
    {
        var plan = new List<Nudge>();
        switch (action.State)
        {
            case ActionState.Offered or ActionState.HandedOver:
                Add(NudgeKind.AnswerOwner, NudgeTo.Owner, action.AskedOn, policy.AddWorkingDays(action.AskedOn, policy.AnswerWorkingDays));
                Add(
                    NudgeKind.AnswerSponsor,
                    NudgeTo.Sponsor,
                    action.AskedOn,
                    policy.AddWorkingDays(action.AskedOn, policy.AnswerWorkingDaysSponsor)
                );
                break;
            case ActionState.Declined:
                Add(NudgeKind.DeclinedSponsor, NudgeTo.Sponsor, action.StateSince, action.StateSince.AddDays(1));
                break;
            case ActionState.Accepted or ActionState.Planned:
                AddAhead(NudgeKind.FirstStepSoon, action.FirstStepDate);
                break;
            case ActionState.Blocked:
                Add(NudgeKind.BlockedSponsor, NudgeTo.Sponsor, action.StateSince, action.StateSince.AddDays(policy.BlockedDaysSponsor + 1));
                break;
            case ActionState.ReportedDone:
                if (action.Verifier is null)
                    Add(NudgeKind.VerifierNeeded, NudgeTo.Facilitator, action.StateSince, action.StateSince.AddDays(1));
                else
                    Add(
                        NudgeKind.VerifyReminder,
                        NudgeTo.Verifier,
                        action.StateSince,
                        policy.AddWorkingDays(action.StateSince, policy.VerifyWorkingDays)
                    );
                break;
        }
        if (!action.IsOpenWork)
            return plan;

        var due = action.DueDate;
        if (action.State is not (ActionState.Offered or ActionState.HandedOver))
            AddAhead(NudgeKind.DueSoon, due);
        Add(NudgeKind.LateOwner, NudgeTo.Owner, due, due.AddDays(policy.LateDays));
        Add(NudgeKind.LateFacilitator, NudgeTo.Facilitator, due, due.AddDays(policy.LateDays));
        Add(NudgeKind.LateSponsor, NudgeTo.Sponsor, due, due.AddDays(policy.LateDaysSponsor));
        Add(NudgeKind.LatePortfolio, NudgeTo.Portfolio, due, due.AddDays(policy.LateDaysPortfolio));
        Add(
            NudgeKind.LateBoard,
            NudgeTo.Board,
            due,
            due.AddDays(action.Kind == AgreementKind.Repair ? policy.LateDaysBoardRepair : policy.LateDaysBoard)
        );
        if (action.DateChanges >= policy.DateChangesPortfolio)
            Add(NudgeKind.DatesPortfolio, NudgeTo.Portfolio, due, action.StateSince.AddDays(1));
        return plan;

        void Add(NudgeKind kind, NudgeTo to, DateOnly about, DateOnly on) =>
            plan.Add(
                new(
                    kind,
                    to,
                    about,
                    Round(kind),
                    to is NudgeTo.Owner or NudgeTo.Verifier ? on : LocalMoment.OnOrAfter(on, policy.DigestDay)
                )
            );

        // Nobody is told "in a week" about what is nearer than a week on the day they took it on.
        void AddAhead(NudgeKind kind, DateOnly date)
        {
            var on = date.AddDays(-policy.RemindDaysBefore);
            if (on > action.StateSince)
                Add(kind, NudgeTo.Owner, date, on);
        }

        int Round(NudgeKind kind) => kind == NudgeKind.DatesPortfolio ? action.DateChanges : 1;
    }
}
