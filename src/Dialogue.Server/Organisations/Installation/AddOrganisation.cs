using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Organisations.People;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Installation;

/// <summary>
/// Adds an organisation to this installation and invites its first administrator. With the id of one that is there: invites another
/// administrator for it, for when nobody there can sign in any more.
/// </summary>
/// <param name="Organisation">Null: a new one, with this name, zone and language.</param>
public sealed record AddOrganisation(
    Guid? Organisation,
    string? Name,
    string? TimeZone,
    string? Language,
    string? AdministratorName,
    string? AdministratorEmail
) : IRequest<Result<Guid>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/organisations",
                async (Wish wish, IMediator mediator, CancellationToken stop) =>
                    (
                        await mediator.Send(
                            new AddOrganisation(
                                null,
                                wish.Name,
                                wish.TimeZone,
                                wish.Language,
                                wish.AdministratorName,
                                wish.AdministratorEmail
                            ),
                            stop
                        )
                    ).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("AddOrganisation")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(403)
            .ProducesProblem(409)
            .ProducesProblem(422);
        app.MapPost(
                "/api/v1/organisations/{id:guid}/administrators",
                async (Guid id, Person wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new AddOrganisation(id, null, null, null, wish.Name, wish.Email), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("InviteAdministrator")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    public sealed record Wish(string? Name, string? TimeZone, string? Language, string? AdministratorName, string? AdministratorEmail);

    public sealed record Person(string? Name, string? Email);
}

internal sealed class AddOrganisationHandler(DialogueDb db, ICurrentStaff current, Invitations invitations, TimeProvider time)
    : IRequestHandler<AddOrganisation, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(AddOrganisation request, CancellationToken cancellationToken)
    {
        if (await InstallationRight.Of(db, current, cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var person = Administration.Name(request.AdministratorName);
        var email = Administration.Address(request.AdministratorEmail);
        if ((person.Refusal ?? email.Refusal) is { } wrong)
            return wrong;
        if (await invitations.IsKnown(db, email.Value!, cancellationToken))
            return RefusalCode.AlreadyAccount;

        var now = time.GetUtcNow();
        var organisation = request.Organisation ?? Guid.CreateVersion7(now);
        if (request.Organisation is null)
        {
            var (name, zone, language) = (
                Administration.Name(request.Name),
                Administration.Zone(request.TimeZone),
                Administration.Language(request.Language)
            );
            if ((name.Refusal ?? zone.Refusal ?? language.Refusal) is { } missing)
                return missing;
            if (await db.Set<OrganisationRow>().AnyAsync(row => row.Name == name.Value, cancellationToken))
                return RefusalCode.AlreadyOrganisation;
            db.Add(
                new OrganisationRow
                {
                    Id = organisation,
                    Name = name.Value!,
                    TimeZone = zone.Value!,
                    Language = language.Value!,
                }
            );
            Audit.Record(
                db,
                staff.OrganisationId,
                staff.AccountId,
                AuditAct.OrganisationAdded,
                new("organisation", organisation),
                now,
                name.Value
            );
        }
        else if (!await db.Set<OrganisationRow>().AnyAsync(row => row.Id == organisation, cancellationToken))
        {
            return RefusalCode.NoSuchOrganisation;
        }

        await invitations.Add(db, organisation, person.Value!, email.Value!, StaffRole.Administrator, unit: null, staff, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return RefusalCode.AlreadyAccount;
        }

        return organisation;
    }
}
