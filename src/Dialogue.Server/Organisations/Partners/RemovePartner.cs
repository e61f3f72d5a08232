using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Partners;

/// <summary>Removes a partner organisation with its contacts.</summary>
public sealed record RemovePartner(Guid Id) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
                "/api/v1/partners/{id:guid}",
                async (Guid id, IMediator mediator, CancellationToken stop) => (await mediator.Send(new RemovePartner(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("RemovePartner")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404);
}

internal sealed class RemovePartnerHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<RemovePartner, Result<bool>>
{
    public async Task<Result<bool>> Handle(RemovePartner request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<PartnerRow>()
            .AsTracking()
            .SingleOrDefaultAsync(p => p.Id == request.Id && p.OrganisationId == staff.OrganisationId, cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchPartner;
        db.Remove(row);
        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            AuditAct.PartnerRemoved,
            new("partner", row.Id),
            time.GetUtcNow(),
            row.Name
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.NoSuchPartner;
        }

        return true;
    }
}
