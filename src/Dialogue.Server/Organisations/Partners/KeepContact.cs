using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Partners;

/// <summary>Adds somebody at a partner organisation, changes what is known of them, or removes them.</summary>
/// <param name="Id">Null: a new contact.</param>
/// <param name="Remove">True: this contact goes, and the rest is not looked at.</param>
public sealed record KeepContact(Guid Partner, Guid? Id, string? Name, string? Task, string? Email, bool Remove = false)
    : IRequest<Result<Guid>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/partners/{partner:guid}/contacts",
                async (Guid partner, Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepContact(partner, null, wish.Name, wish.Task, wish.Email), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("AddContact")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(404)
            .ProducesProblem(422);
        app.MapPut(
                "/api/v1/partners/{partner:guid}/contacts/{id:guid}",
                async (Guid partner, Guid id, Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepContact(partner, id, wish.Name, wish.Task, wish.Email), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangeContact")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(404)
            .ProducesProblem(422);
        app.MapDelete(
                "/api/v1/partners/{partner:guid}/contacts/{id:guid}",
                async (Guid partner, Guid id, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepContact(partner, id, null, null, null, Remove: true), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("RemoveContact")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(404);
    }

    public sealed record Wish(string? Name, string? Task, string? Email);
}

internal sealed class KeepContactHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<KeepContact, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(KeepContact request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (
            !await db.Set<PartnerRow>()
                .AnyAsync(p => p.Id == request.Partner && p.OrganisationId == staff.OrganisationId, cancellationToken)
        )
            return RefusalCode.NoSuchPartner;
        var now = time.GetUtcNow();
        var row = request.Id is { } id
            ? await db.Set<PartnerContactRow>()
                .AsTracking()
                .SingleOrDefaultAsync(c => c.Id == id && c.PartnerId == request.Partner, cancellationToken)
            : new PartnerContactRow { Id = Guid.CreateVersion7(now), PartnerId = request.Partner };
        if (row is null)
            return RefusalCode.NoSuchPartner;

        if (request.Remove)
        {
            db.Remove(row);
        }
        else
        {
            var name = Administration.Name(request.Name);
            var email = Administration.Address(request.Email);
            var task = PlainText.ReadOptional(request.Task, limit: 200);
            if ((name.Refusal ?? email.Refusal ?? task.Refusal) is { } wrong)
                return wrong;
            if (request.Id is null)
                db.Add(row);
            (row.Name, row.Email, row.Task) = (name.Value!, email.Value!, task.Value);
        }

        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            request.Remove ? AuditAct.ContactRemoved
                : request.Id is null ? AuditAct.ContactAdded
                : AuditAct.ContactChanged,
            new("partner", request.Partner),
            now
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The partner or the contact was removed at the same moment.
            return RefusalCode.NoSuchPartner;
        }

        return row.Id;
    }
}
