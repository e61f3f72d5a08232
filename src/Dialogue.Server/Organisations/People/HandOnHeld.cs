using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>Hands things that somebody holds to colleagues. What could not be handed on is answered with the reason, and stays.</summary>
/// <param name="To">The key of each thing, and the account that takes it over.</param>
public sealed record HandOnHeld(Guid Person, IReadOnlyDictionary<string, Guid> To) : IRequest<Result<IReadOnlyList<NotHandedOn>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/{id:guid}/held",
                async (Guid id, Dictionary<string, Guid> to, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new HandOnHeld(id, to), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("HandOnHeld")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<NotHandedOn>>()
            .ProducesProblem(404);
}

public sealed record NotHandedOn(HeldThing Thing, RefusalCode Why);

internal sealed class HandOnHeldHandler(DialogueDb db, ICurrentStaff current, IEnumerable<IHeldByPeople> modules, TimeProvider time)
    : IRequestHandler<HandOnHeld, Result<IReadOnlyList<NotHandedOn>>>
{
    public async Task<Result<IReadOnlyList<NotHandedOn>>> Handle(HandOnHeld request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is null)
            return RefusalCode.NoSuchAccount;
        var ids = request.To.Values.Distinct().ToList();
        var receivers = await db
            .Users.AsNoTracking()
            .Where(account => ids.Contains(account.Id) && account.OrganisationId == staff.OrganisationId && account.DeactivatedAt == null)
            .ToDictionaryAsync(account => account.Id, cancellationToken);
        var not = new List<NotHandedOn>();
        foreach (var module in modules)
        {
            foreach (var thing in await module.HeldBy(staff.OrganisationId, request.Person, cancellationToken))
            {
                if (!request.To.TryGetValue(thing.Key, out var id))
                    continue;
                if (!receivers.TryGetValue(id, out var account) || id == request.Person)
                {
                    not.Add(new(thing, RefusalCode.HolderMissing));
                    continue;
                }

                var to = new StaffMember(account.Id, account.OrganisationId, account.Name, account.Email ?? "", account.Roles);
                if ((await module.HandOn(staff, thing, to, cancellationToken)).Refusal is { } refused)
                {
                    not.Add(new(thing, refused.Code));
                    continue;
                }

                Audit.Record(
                    db,
                    staff.OrganisationId,
                    staff.AccountId,
                    AuditAct.HandedOn,
                    new("account", request.Person),
                    time.GetUtcNow(),
                    thing.Kind.ToString()
                );
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        return new Result<IReadOnlyList<NotHandedOn>>(not, Refusal: null);
    }
}
