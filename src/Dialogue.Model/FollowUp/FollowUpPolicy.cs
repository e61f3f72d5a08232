using Dialogue.Activities.Commit;

namespace Dialogue.FollowUp;

/// <summary>The thresholds of the ladder of reminders and escalations. Days are calendar days unless the name says otherwise.</summary>
public sealed record FollowUpPolicy
{
    public int RemindDaysBefore { get; init; } = 7;
    public int AnswerWorkingDays { get; init; } = 5;
    public int AnswerWorkingDaysSponsor { get; init; } = 10;
    public int VerifyWorkingDays { get; init; } = 10;
    public int LateDays { get; init; } = 7;
    public int LateDaysSponsor { get; init; } = 14;
    public int BlockedDaysSponsor { get; init; } = 14;
    public int LateDaysPortfolio { get; init; } = 30;
    public int DateChangesPortfolio { get; init; } = 2;
    public int LateDaysBoard { get; init; } = 60;

    /// <summary>Repair for a person does not wait two months.</summary>
    public int LateDaysBoardRepair { get; init; } = 14;

    /// <summary>The days on which people of the organisation work.</summary>
    public IReadOnlyList<DayOfWeek> WorkingDays { get; init; } =
    [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Public holidays count as working days, so nobody is asked too early by more than a day or two.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int days) => LocalMoment.AddWorkingDays(date, days, WorkingDays);

    /// <summary>Those who receive word about many actions receive it on one day of the week.</summary>
    public DayOfWeek DigestDay { get; init; } = DayOfWeek.Monday;

    /// <summary>The local time at which reminders go out.</summary>
    public TimeOnly At { get; init; } = new(8, 0);

    /// <summary>0 nobody, 1 facilitator, 2 sponsor, 3 portfolio manager, 4 board. A flag that is computed, never stored.</summary>
    public int EscalationLevel(AgreedAction action, DateOnly today)
    {
        var late = action.DaysLate(today);
        if (late >= LateDaysBoard || (action.Kind == AgreementKind.Repair && late >= LateDaysBoardRepair))
            return 4;
        if (late >= LateDaysPortfolio || (action.IsOpenWork && action.DateChanges >= DateChangesPortfolio))
            return 3;
        if (
            late >= LateDaysSponsor
            || (action.State == ActionState.Blocked && today.DayNumber - action.StateSince.DayNumber > BlockedDaysSponsor)
        )
            return 2;
        return late >= LateDays ? 1 : 0;
    }
}
