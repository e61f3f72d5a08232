using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Partners;

/// <summary>Adds a partner organisation, or changes what is known of it.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="ShortName">What people call it; null when they use the whole name.</param>
public sealed record KeepPartner(Guid? Id, string? Name, string? ShortName, string? TimeZone, string? Language) : IRequest<Result<Guid>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/partners",
                async (Wish wish, IMediator mediator, CancellationToken stop) => (await mediator.Send(wish.For(null), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("AddPartner")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(409)
            .ProducesProblem(422);
        app.MapPut(
                "/api/v1/partners/{id:guid}",
                async (Guid id, Wish wish, IMediator mediator, CancellationToken stop) => (await mediator.Send(wish.For(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangePartner")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);
    }

    public sealed record Wish(string? Name, string? ShortName, string? TimeZone, string? Language)
    {
        public KeepPartner For(Guid? id) => new(id, Name, ShortName, TimeZone, Language);
    }
}

internal sealed class KeepPartnerHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<KeepPartner, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(KeepPartner request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var name = Administration.Name(request.Name);
        if (!name.Ok)
            return name.Refusal!;
        var shortName = PlainText.ReadOptional(request.ShortName, limit: 40);
        if (!shortName.Ok)
            return shortName.Refusal!;
        var (zone, language) = (Administration.Zone(request.TimeZone), Administration.Language(request.Language));
        if (!zone.Ok)
            return zone.Refusal!;
        if (!language.Ok)
            return language.Refusal!;

        var now = time.GetUtcNow();
        var row = request.Id is { } id
            ? await db.Set<PartnerRow>()
                .AsTracking()
                .SingleOrDefaultAsync(p => p.Id == id && p.OrganisationId == staff.OrganisationId, cancellationToken)
            : new PartnerRow { Id = Guid.CreateVersion7(now), OrganisationId = staff.OrganisationId };
        if (row is null)
            return RefusalCode.NoSuchPartner;
        if (request.Id is null)
            db.Add(row);
        (row.Name, row.ShortName, row.TimeZone, row.Language) = (name.Value!, shortName.Value, zone.Value!, language.Value!);
        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            request.Id is null ? AuditAct.PartnerAdded : AuditAct.PartnerChanged,
            new("partner", row.Id),
            now,
            row.Name
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return RefusalCode.AlreadyPartner;
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.NoSuchPartner;
        }

        return row.Id;
    }
}
