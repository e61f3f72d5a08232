using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Changes name, unit and roles of somebody. A changed role works at once: open lines of this person end and come back with it.
/// </summary>
public sealed record ChangePerson(Guid Person, string? Name, IReadOnlyList<StaffRole>? Roles, Guid? Unit) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/v1/people/{id:guid}",
                async (Guid id, Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ChangePerson(id, wish.Name, wish.Roles, wish.Unit), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangePerson")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    public sealed record Wish(string? Name, IReadOnlyList<StaffRole>? Roles, Guid? Unit);
}

internal sealed class ChangePersonHandler(
    DialogueDb db,
    ICurrentStaff current,
    StaffSessions sessions,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<ChangePerson, Result<bool>>
{
    public async Task<Result<bool>> Handle(ChangePerson request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var name = Administration.Name(request.Name);
        if (!name.Ok)
            return name.Refusal!;
        if (Roles.Together(request.Roles) is not { } roles)
            return RefusalCode.UnknownKind;
        if (
            request.Unit is { } unit
            && !await db.Set<UnitRow>().AnyAsync(u => u.Id == unit && u.OrganisationId == staff.OrganisationId, cancellationToken)
        )
            return RefusalCode.NoSuchUnit;

        var change = "";
        var done = await Rights.Change(
            db,
            staff.OrganisationId,
            async () =>
            {
                if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
                    return RefusalCode.NoSuchAccount;
                var now = time.GetUtcNow();
                if (account.Roles != roles)
                {
                    change = $"{Words(account.Roles)} → {Words(roles)}";
                    Line(AuditAct.RolesChanged, change, now);
                }

                if (account.Name != name.Value || account.UnitId != request.Unit)
                    Line(AuditAct.AccountChanged, account.UnitId == request.Unit ? "name" : "unit", now);
                (account.Name, account.Roles, account.UnitId) = (name.Value!, roles, request.Unit);
                Rights.Touch(account);
                await db.SaveChangesAsync(cancellationToken);
                return new Result<bool>(true, Refusal: null);
            },
            cancellationToken
        );
        if (done.Ok && change.Length > 0)
        {
            sessions.Tell(request.Person);
            security.RightsChanged(request.Person, staff.AccountId, change);
        }

        return done;

        void Line(AuditAct act, string detail, DateTimeOffset now) =>
            Audit.Record(db, staff.OrganisationId, staff.AccountId, act, new("account", request.Person), now, detail);
    }

    private static string Words(StaffRole roles) => roles == StaffRole.Staff ? "-" : string.Join(", ", Roles.Of(roles));
}
