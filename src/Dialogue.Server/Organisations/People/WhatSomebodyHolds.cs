using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;

namespace Dialogue.Organisations.People;

/// <summary>Everything that somebody holds: agreements, dialogues and functions. Read before an account ends.</summary>
public sealed record WhatSomebodyHolds(Guid Person) : IRequest<Result<IReadOnlyList<HeldThing>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/people/{id:guid}/held",
                async (Guid id, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new WhatSomebodyHolds(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("WhatSomebodyHolds")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<HeldThing>>()
            .ProducesProblem(404);
}

internal sealed class WhatSomebodyHoldsHandler(DialogueDb db, ICurrentStaff current, IEnumerable<IHeldByPeople> modules)
    : IRequestHandler<WhatSomebodyHolds, Result<IReadOnlyList<HeldThing>>>
{
    public async Task<Result<IReadOnlyList<HeldThing>>> Handle(WhatSomebodyHolds request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is null)
            return RefusalCode.NoSuchAccount;
        return new Result<IReadOnlyList<HeldThing>>(await Held.By(modules, staff.OrganisationId, request.Person, cancellationToken), null);
    }
}

internal static class Held
{
    public static async Task<IReadOnlyList<HeldThing>> By(
        IEnumerable<IHeldByPeople> modules,
        Guid organisation,
        Guid account,
        CancellationToken stop
    )
    {
        var all = new List<HeldThing>();
        foreach (var module in modules)
            all.AddRange(await module.HeldBy(organisation, account, stop));
        return all;
    }
}
