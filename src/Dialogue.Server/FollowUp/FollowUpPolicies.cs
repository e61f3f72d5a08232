using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>The thresholds of follow-up as each organisation has set them.</summary>
/// <param name="standard">What holds where an organisation sets nothing.</param>
public sealed class FollowUpPolicies(FollowUpPolicy standard)
{
    public async Task<FollowUpPolicy> Of(DialogueDb db, Guid organisation, CancellationToken stop) =>
        (await Of(db, [organisation], stop))[organisation];

    /// <summary>For several at once; an organisation that is not there has the standard.</summary>
    public async Task<IReadOnlyDictionary<Guid, FollowUpPolicy>> Of(
        DialogueDb db,
        IReadOnlyCollection<Guid> organisations,
        CancellationToken stop
    )
    {
        var ids = organisations.Distinct().ToList();
        var rows = await db.Set<OrganisationRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, stop);
        return ids.ToDictionary(id => id, id => rows.TryGetValue(id, out var row) ? Read(row) : standard);
    }

    private FollowUpPolicy Read(OrganisationRow row) =>
        standard with
        {
            WorkingDays = [.. Enum.GetValues<DayOfWeek>().Where(day => (row.WorkingDays & Enum.Parse<WorkingDays>(day.ToString())) != 0)],
            RemindDaysBefore = row.RemindDaysBefore,
            AnswerWorkingDays = row.AnswerWorkingDays,
            AnswerWorkingDaysSponsor = row.AnswerWorkingDays * 2,
            LateDays = row.LateDays,
            LateDaysSponsor = row.LateDaysSponsor,
            LateDaysPortfolio = row.LateDaysPortfolio,
            LateDaysBoard = row.LateDaysBoard,
        };
}
