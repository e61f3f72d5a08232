using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>Somebody comes back: the account works again, with the roles and the password that it had.</summary>
public sealed record ReactivatePerson(Guid Person) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/{id:guid}/reactivate",
                async (Guid id, IMediator mediator, CancellationToken stop) => (await mediator.Send(new ReactivatePerson(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ReactivatePerson")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404);
}

internal sealed class ReactivatePersonHandler(DialogueDb db, ICurrentStaff current, SecurityLog security, TimeProvider time)
    : IRequestHandler<ReactivatePerson, Result<bool>>
{
    public async Task<Result<bool>> Handle(ReactivatePerson request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
            return RefusalCode.NoSuchAccount;
        if (account.DeactivatedAt is null)
            return true;
        account.DeactivatedAt = null;
        Rights.Touch(account);
        Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.AccountReactivated, new("account", account.Id), time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.AlreadyAdvanced;
        }

        security.RightsChanged(account.Id, staff.AccountId, "reactivated");
        return true;
    }
}
