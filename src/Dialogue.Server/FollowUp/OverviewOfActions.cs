using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>What waits where, and what waits for me. Counts are about the work and never about a person.</summary>
public sealed record OverviewOfActions(StaffMember Staff) : IRequest<Overview>;

/// <param name="ByState">How many are in each state.</param>
/// <param name="NeedMe">What cannot go on without this person, longest late first.</param>
public sealed record Overview(
    DateOnly Today,
    int Total,
    int Late,
    IReadOnlyDictionary<ActionState, int> ByState,
    IReadOnlyList<ActionSummary> NeedMe,
    IReadOnlyList<string> Units,
    bool Oversees
)
{
    public int Of(params ActionState[] states) => states.Sum(state => ByState.GetValueOrDefault(state));
}

internal sealed class OverviewOfActionsHandler(DialogueDb db, TimeProvider time, FollowUpPolicies policies)
    : IRequestHandler<OverviewOfActions, Overview>
{
    private const int MostForMe = 20;

    public async Task<Overview> Handle(OverviewOfActions request, CancellationToken cancellationToken)
    {
        var staff = request.Staff;
        var policy = await policies.Of(db, staff.OrganisationId, cancellationToken);
        var today = await ActionFilters.Today(db, staff, time, cancellationToken);
        var visible = db.Set<AgreedActionRow>().AsNoTracking().Visible(db, staff);
        var byState = await visible
            .GroupBy(row => row.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        var late = await visible.Where(ActionFilters.OpenWork).CountAsync(row => row.DueDate < today, cancellationToken);
        var units = await visible.Where(row => row.Unit != null).Select(row => row.Unit!).Distinct().Order().ToListAsync(cancellationToken);

        // Owner and verifier: what was asked of them. Sponsor and coordinator: what stands still and is theirs to move.
        var soon = today.AddDays(policy.RemindDaysBefore);
        var mine = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Mine(staff)
            .Where(row =>
                row.State != ActionState.Closed
                && row.State != ActionState.Dropped
                && row.State != ActionState.Superseded
                && (
                    row.State == ActionState.Offered
                    || row.State == ActionState.HandedOver
                    || row.State == ActionState.Rejected
                    || row.State == ActionState.ReportedDone
                    || row.DueDate <= soon
                    || row.FirstStepDate <= soon
                )
            )
            .OrderBy(row => row.DueDate)
            .Take(200)
            .ToListAsync(cancellationToken);
        var needs = mine.Where(row => NeedsOwnerOrVerifier(row, staff)).ToList();
        if (staff.Is(StaffRole.Manager) || staff.Is(StaffRole.Coordinator))
        {
            var farLate = today.AddDays(-policy.LateDaysSponsor);
            needs.AddRange(
                await visible
                    .Where(row =>
                        row.State == ActionState.Declined
                        || row.State == ActionState.Blocked
                        || (row.State == ActionState.ReportedDone && row.VerifierName == null)
                    )
                    .OrderBy(row => row.DueDate)
                    .Take(MostForMe)
                    .ToListAsync(cancellationToken)
            );
            needs.AddRange(
                await visible
                    .Where(ActionFilters.OpenWork)
                    .Where(row => row.DueDate <= farLate)
                    .OrderBy(row => row.DueDate)
                    .Take(MostForMe)
                    .ToListAsync(cancellationToken)
            );
        }

        var needMe = needs
            .DistinctBy(row => row.Id)
            .OrderBy(row => row.DueDate)
            .Take(MostForMe)
            .Select(row => ActionSummary.Of(row, today, policy))
            .ToList();
        return new(today, byState.Values.Sum(), late, byState, needMe, units, ActionAccess.Oversees(staff));
    }

    private static bool NeedsOwnerOrVerifier(AgreedActionRow row, StaffMember staff)
    {
        var roles = ActionAccess.RolesOf(row, staff);
        if (row.State == ActionState.ReportedDone)
            return (roles & ActionRoles.Verifier) != 0;
        return (roles & ActionRoles.Owner) != 0
            && row.State is not (ActionState.Verified or ActionState.EffectAssessed or ActionState.Declined or ActionState.Proposed);
    }
}
