using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>The people with an account in one's own organisation, by name.</summary>
/// <param name="Search">Part of a name or an address; null for everybody.</param>
/// <param name="Active">True: only who may sign in or was invited; false: only who left; null: everybody.</param>
/// <param name="Person">Only this account; null for everybody.</param>
public sealed record ListPeople(string? Search = null, bool? Active = null, Guid? Person = null)
    : IRequest<Result<IReadOnlyList<PersonInList>>>
{
    /// <summary>More than these are not shown at once: search instead.</summary>
    public const int Most = 500;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/people",
                async (string? search, bool? active, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ListPeople(search, active), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ListPeople")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<PersonInList>>()
            .ProducesProblem(401);
}

public enum AccountState
{
    Active,

    /// <summary>Invited, and no password was chosen yet.</summary>
    Invited,

    /// <summary>May not sign in any more.</summary>
    Ended,
}

/// <param name="Roles">Without any: staff.</param>
/// <param name="Unit">Null: the organisation as a whole.</param>
public sealed record PersonInList(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<StaffRole> Roles,
    Guid? Unit,
    string? UnitName,
    AccountState State
)
{
    /// <summary>Signs in with two steps or a passkey.</summary>
    public bool SecondFactor { get; init; }
}

internal sealed class ListPeopleHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ListPeople, Result<IReadOnlyList<PersonInList>>>
{
    public async Task<Result<IReadOnlyList<PersonInList>>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var accounts = db.Users.AsNoTracking().Where(account => account.OrganisationId == staff.OrganisationId);
        if (request.Person is { } person)
            accounts = accounts.Where(account => account.Id == person);
        if (request.Active is { } active)
            accounts = accounts.Where(account => account.DeactivatedAt == null == active);
        if (PlainText.Clean(request.Search) is { Length: > 0 } search)
        {
            // Addresses are compared in capitals; a name as the database compares names.
            var capitals = search.ToUpperInvariant();
            accounts = accounts.Where(account => account.Name.Contains(search) || account.NormalizedEmail!.Contains(capitals));
        }

        var rows = await accounts
            .OrderBy(account => account.Name)
            .ThenBy(account => account.Id)
            .Take(ListPeople.Most)
            .Select(account => new
            {
                account.Id,
                account.Name,
                account.Email,
                account.Roles,
                account.UnitId,
                Unit = db.Set<UnitRow>().Where(unit => unit.Id == account.UnitId).Select(unit => unit.Name).FirstOrDefault(),
                account.DeactivatedAt,
                Chosen = account.PasswordHash != null,
                Second = account.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == account.Id),
            })
            .ToListAsync(cancellationToken);
        return new Result<IReadOnlyList<PersonInList>>(
            [
                .. rows.Select(row => new PersonInList(
                    row.Id,
                    row.Name,
                    row.Email ?? "",
                    Roles.Of(row.Roles),
                    row.UnitId,
                    row.Unit,
                    row.DeactivatedAt is not null ? AccountState.Ended
                        : row.Chosen ? AccountState.Active
                        : AccountState.Invited
                )
                {
                    SecondFactor = row.Second,
                }),
            ],
            Refusal: null
        );
    }
}
