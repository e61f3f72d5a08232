using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Partners;

/// <summary>The partner organisations of one's own organisation, each with its contacts.</summary>
public sealed record ListPartners : IRequest<Result<IReadOnlyList<Partner>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/partners",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new ListPartners(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ListPartners")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<Partner>>()
            .ProducesProblem(401);
}

public sealed record Partner(
    Guid Id,
    string Name,
    string? ShortName,
    string TimeZone,
    string Language,
    IReadOnlyList<PartnerContact> Contacts
);

/// <param name="Task">What this person does there; null when it is not known.</param>
public sealed record PartnerContact(Guid Id, string Name, string? Task, string Email);

internal sealed class ListPartnersHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ListPartners, Result<IReadOnlyList<Partner>>>
{
    public async Task<Result<IReadOnlyList<Partner>>> Handle(ListPartners request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var partners = await db.Set<PartnerRow>()
            .AsNoTracking()
            .Where(partner => partner.OrganisationId == staff.OrganisationId)
            .ToListAsync(cancellationToken);
        var contacts = (
            await db.Set<PartnerContactRow>()
                .AsNoTracking()
                .Where(contact =>
                    db.Set<PartnerRow>().Any(partner => partner.Id == contact.PartnerId && partner.OrganisationId == staff.OrganisationId)
                )
                .ToListAsync(cancellationToken)
        ).ToLookup(contact => contact.PartnerId);
        return new Result<IReadOnlyList<Partner>>(
            [
                .. partners
                    .OrderBy(partner => partner.Name, StringComparer.CurrentCultureIgnoreCase)
                    .Select(partner => new Partner(
                        partner.Id,
                        partner.Name,
                        partner.ShortName,
                        partner.TimeZone,
                        partner.Language,
                        [
                            .. contacts[partner.Id]
                                .OrderBy(contact => contact.Name, StringComparer.CurrentCultureIgnoreCase)
                                .Select(contact => new PartnerContact(contact.Id, contact.Name, contact.Task, contact.Email)),
                        ]
                    )),
            ],
            Refusal: null
        );
    }
}
