using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;

namespace Dialogue.Organisations.People;

/// <summary>
/// Ends an account: this person cannot sign in any more and is signed out everywhere. Refused while there is anything left that this person
/// holds, and for the last administrator.
/// </summary>
public sealed record DeactivatePerson(Guid Person) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/{id:guid}/deactivate",
                async (Guid id, IMediator mediator, CancellationToken stop) => (await mediator.Send(new DeactivatePerson(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("DeactivatePerson")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(422);
}

internal sealed class DeactivatePersonHandler(
    DialogueDb db,
    ICurrentStaff current,
    IEnumerable<IHeldByPeople> modules,
    AccountLinks links,
    StaffSessions sessions,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<DeactivatePerson, Result<bool>>
{
    public async Task<Result<bool>> Handle(DeactivatePerson request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var ended = false;
        var done = await Rights.Change(
            db,
            staff.OrganisationId,
            async () =>
            {
                if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
                    return RefusalCode.NoSuchAccount;
                if (account.DeactivatedAt is not null)
                    return true;
                if ((await Held.By(modules, staff.OrganisationId, account.Id, cancellationToken)).Count > 0)
                    return RefusalCode.StillHeld;
                var now = time.GetUtcNow();
                account.DeactivatedAt = now;
                Rights.Touch(account);
                await links.Revoke(db, account.Id, stop: cancellationToken);
                await sessions.EndAll(account.Id, cancellationToken);
                Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.AccountDeactivated, new("account", account.Id), now);
                await db.SaveChangesAsync(cancellationToken);
                ended = true;
                return new Result<bool>(true, Refusal: null);
            },
            cancellationToken
        );
        if (done.Ok && ended)
        {
            sessions.Tell(request.Person);
            security.RightsChanged(request.Person, staff.AccountId, "deactivated");
        }

        return done;
    }
}
