using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Units;

/// <summary>
/// Removes a unit that nobody is in: no teams, no people and no functions. Agreements keep the name they were made under.
/// </summary>
public sealed record RemoveUnit(Guid Id) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
                "/api/v1/units/{id:guid}",
                async (Guid id, IMediator mediator, CancellationToken stop) => (await mediator.Send(new RemoveUnit(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("RemoveUnit")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(422);
}

internal sealed class RemoveUnitHandler(DialogueDb db, ICurrentStaff current, TimeProvider time) : IRequestHandler<RemoveUnit, Result<bool>>
{
    public async Task<Result<bool>> Handle(RemoveUnit request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<UnitRow>()
            .AsTracking()
            .SingleOrDefaultAsync(unit => unit.Id == request.Id && unit.OrganisationId == staff.OrganisationId, cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchUnit;
        if (
            await db.Set<UnitRow>().AnyAsync(unit => unit.ParentId == row.Id, cancellationToken)
            || await db.Users.AnyAsync(account => account.UnitId == row.Id, cancellationToken)
            || await db.Set<FunctionRow>().AnyAsync(function => function.UnitId == row.Id, cancellationToken)
        )
            return RefusalCode.UnitInUse;
        db.Remove(row);
        Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.UnitRemoved, new("unit", row.Id), time.GetUtcNow(), row.Name);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody came into it, or removed it, at the same moment.
            return RefusalCode.UnitInUse;
        }

        return true;
    }
}
