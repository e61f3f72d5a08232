using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Units;

/// <summary>The units of one's own organisation as a tree, in alphabetical order: each unit is followed by its teams.</summary>
public sealed record ListUnits : IRequest<Result<IReadOnlyList<OrganisationUnit>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/units",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new ListUnits(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ListUnits")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<OrganisationUnit>>()
            .ProducesProblem(401);
}

/// <param name="Parent">The unit that this team is in; null for a unit of the first level.</param>
/// <param name="People">Accounts that work there and may sign in.</param>
public sealed record OrganisationUnit(Guid Id, Guid? Parent, string Name, int People);

internal sealed class ListUnitsHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ListUnits, Result<IReadOnlyList<OrganisationUnit>>>
{
    public async Task<Result<IReadOnlyList<OrganisationUnit>>> Handle(ListUnits request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var rows = await db.Set<UnitRow>()
            .AsNoTracking()
            .Where(unit => unit.OrganisationId == staff.OrganisationId)
            .ToListAsync(cancellationToken);
        var people = await db
            .Users.Where(account =>
                account.OrganisationId == staff.OrganisationId && account.UnitId != null && account.DeactivatedAt == null
            )
            .GroupBy(account => account.UnitId!.Value)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        var tree = rows.Where(unit => unit.ParentId is null)
            .OrderBy(unit => unit.Name, StringComparer.CurrentCultureIgnoreCase)
            .SelectMany(unit =>
                rows.Where(team => team.ParentId == unit.Id)
                    .OrderBy(team => team.Name, StringComparer.CurrentCultureIgnoreCase)
                    .Prepend(unit)
            )
            .Select(unit => new OrganisationUnit(unit.Id, unit.ParentId, unit.Name, people.GetValueOrDefault(unit.Id)));
        return new Result<IReadOnlyList<OrganisationUnit>>([.. tree], Refusal: null);
    }
}
