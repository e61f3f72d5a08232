using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Begin;

/// <summary>The page of first steps goes away, also when a step was left out on purpose.</summary>
public sealed record FinishFirstSteps : IRequest<Result<bool>>;

internal sealed class FinishFirstStepsHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<FinishFirstSteps, Result<bool>>
{
    public async Task<Result<bool>> Handle(FinishFirstSteps request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var now = time.GetUtcNow();
        await db.Set<OrganisationRow>()
            .Where(row => row.Id == staff.OrganisationId && row.StartedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartedAt, now), cancellationToken);
        return true;
    }
}
