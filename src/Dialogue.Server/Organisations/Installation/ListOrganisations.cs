using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Installation;

/// <summary>
/// The organisations of this installation, with the number of people: for administrators of the organisation that runs it. What is inside
/// another organisation stays unseen.
/// </summary>
public sealed record ListOrganisations : IRequest<Result<IReadOnlyList<InstalledOrganisation>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/organisations",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new ListOrganisations(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ListOrganisations")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<InstalledOrganisation>>()
            .ProducesProblem(403);
}

/// <param name="Administrators">Who can sign in and administer it; an organisation with none needs an invitation.</param>
public sealed record InstalledOrganisation(Guid Id, string Name, string Language, string TimeZone, int People, int Administrators);

internal sealed class ListOrganisationsHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ListOrganisations, Result<IReadOnlyList<InstalledOrganisation>>>
{
    public async Task<Result<IReadOnlyList<InstalledOrganisation>>> Handle(ListOrganisations request, CancellationToken cancellationToken)
    {
        if (await InstallationRight.Of(db, current, cancellationToken) is null)
            return RefusalCode.NotAllowed;
        var rows = await db.Set<OrganisationRow>()
            .AsNoTracking()
            .OrderBy(row => row.Name)
            .Select(row => new InstalledOrganisation(
                row.Id,
                row.Name,
                row.Language,
                row.TimeZone,
                db.Users.Count(account => account.OrganisationId == row.Id && account.DeactivatedAt == null),
                db.Users.Count(account =>
                    account.OrganisationId == row.Id
                    && account.DeactivatedAt == null
                    && account.PasswordHash != null
                    && (account.Roles & StaffRole.Administrator) == StaffRole.Administrator
                )
            ))
            .ToListAsync(cancellationToken);
        return new Result<IReadOnlyList<InstalledOrganisation>>(rows, Refusal: null);
    }
}

/// <summary>Who may add organisations: an administrator of the organisation that was set up first.</summary>
internal static class InstallationRight
{
    public static async Task<StaffMember?> Of(DialogueDb db, ICurrentStaff current, CancellationToken stop) =>
        await current.Administrator(stop) is { } staff
        && await db.Set<OrganisationRow>().AnyAsync(row => row.Id == staff.OrganisationId && row.RunsInstallation, stop)
            ? staff
            : null;
}
