using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Units;

/// <summary>Adds a unit, or gives one another name or another place in the tree of two levels.</summary>
/// <param name="Id">Null: a new unit.</param>
/// <param name="Parent">The unit that it becomes a team of; null for the first level.</param>
public sealed record KeepUnit(Guid? Id, string? Name, Guid? Parent) : IRequest<Result<Guid>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/units",
                async (Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepUnit(null, wish.Name, wish.Parent), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("AddUnit")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(409)
            .ProducesProblem(422);
        app.MapPut(
                "/api/v1/units/{id:guid}",
                async (Guid id, Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepUnit(id, wish.Name, wish.Parent), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangeUnit")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);
    }

    public sealed record Wish(string? Name, Guid? Parent);
}

internal sealed class KeepUnitHandler(DialogueDb db, ICurrentStaff current, TimeProvider time) : IRequestHandler<KeepUnit, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(KeepUnit request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var name = Administration.Name(request.Name);
        if (!name.Ok)
            return name.Refusal!;
        var units = await db.Set<UnitRow>()
            .AsTracking()
            .Where(unit => unit.OrganisationId == staff.OrganisationId)
            .ToListAsync(cancellationToken);
        var row = units.Find(unit => unit.Id == request.Id);
        if (request.Id is not null && row is null)
            return RefusalCode.NoSuchUnit;
        if (request.Parent is { } parent)
        {
            if (units.Find(unit => unit.Id == parent) is not { } above)
                return RefusalCode.NoSuchUnit;
            // A team has no teams: neither may the one above be one, nor may this one have any.
            if (
                above.ParentId is not null
                || above.Id == request.Id
                || units.Exists(unit => unit.ParentId == request.Id && row is not null)
            )
                return RefusalCode.UnitTooDeep;
        }

        if (units.Exists(unit => unit.Id != request.Id && string.Equals(unit.Name, name.Value, StringComparison.OrdinalIgnoreCase)))
            return RefusalCode.AlreadyUnit;

        var now = time.GetUtcNow();
        var before = row?.Name;
        if (row is null)
        {
            row = new UnitRow { Id = Guid.CreateVersion7(now), OrganisationId = staff.OrganisationId };
            db.Add(row);
        }

        (row.Name, row.ParentId) = (name.Value!, request.Parent);
        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            before is null ? AuditAct.UnitAdded : AuditAct.UnitChanged,
            new("unit", row.Id),
            now,
            before is null || before == row.Name ? row.Name : $"{before} → {row.Name}"
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return RefusalCode.AlreadyUnit;
        }

        return row.Id;
    }
}
