using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Erases somebody everywhere in the organisation: account, seat, name, address, letters. What was said, agreed and done stays, without the
/// person; words that people typed about somebody are not looked into. Refused for an account that has not ended. Cannot be undone.
/// </summary>
/// <param name="Account">Null for somebody without an account.</param>
/// <param name="Email">An address of this person besides that of the account; null when there is none.</param>
/// <param name="Names">Names by which this person is known besides that of the account, exactly as written.</param>
public sealed record ErasePerson(Guid? Account, string? Email, IReadOnlyList<string>? Names) : IRequest<Result<bool>>
{
    public const int MostNames = 10;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/erase",
                async (Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ErasePerson(wish.Account, wish.Email, wish.Names), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ErasePerson")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    public sealed record Wish(Guid? Account, string? Email, IReadOnlyList<string>? Names);
}

internal sealed class ErasePersonHandler(
    DialogueDb db,
    ICurrentStaff current,
    IEnumerable<IErasesPeople> modules,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<ErasePerson, Result<bool>>
{
    public async Task<Result<bool>> Handle(ErasePerson request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var addresses = new List<string>();
        var names = new List<string>();
        if (request.Account is { } id)
        {
            var account = await db
                .Users.AsNoTracking()
                .SingleOrDefaultAsync(one => one.Id == id && one.OrganisationId == staff.OrganisationId, cancellationToken);
            if (account is null)
                return RefusalCode.NoSuchAccount;
            if (account.DeactivatedAt is null)
                return RefusalCode.AccountStillActive;
            addresses.Add((account.Email ?? "").ToLowerInvariant());
            names.Add(account.Name);
        }

        if (!string.IsNullOrWhiteSpace(request.Email))
        {
            var address = Administration.Address(request.Email);
            if (!address.Ok)
                return address.Refusal!;
            var normalized = address.Value!.ToUpperInvariant();
            // The address of a colleague who works here is not erased by way of somebody else.
            if (await db.Users.AnyAsync(one => one.NormalizedEmail == normalized && one.Id != request.Account, cancellationToken))
                return RefusalCode.AccountStillActive;
            addresses.Add(address.Value!);
        }

        if (request.Names is { Count: > ErasePerson.MostNames })
            return RefusalCode.ValueOutOfRange;
        foreach (var text in request.Names ?? [])
        {
            var name = Administration.Name(text);
            if (!name.Ok)
                return name.Refusal!;
            names.Add(name.Value!);
        }

        if (addresses.Count + names.Count == 0)
            return RefusalCode.NameMissing;
        return await Erase(
            staff,
            new ErasedPerson(staff.OrganisationId, request.Account, [.. addresses.Distinct()], [.. names.Distinct()]),
            cancellationToken
        );
    }

    private async Task<Result<bool>> Erase(StaffMember staff, ErasedPerson person, CancellationToken stop)
    {
        foreach (var module in modules)
            if (await module.EraseFirst(person, stop) is { } refused)
                return refused;
        await using (var transaction = await db.Database.BeginTransactionAsync(stop))
        {
            foreach (var module in modules)
                await module.Erase(db, person, stop);
            await db.SaveChangesAsync(stop);
            // The account itself last: rows of other modules name it.
            if (person.Account is { } account)
                await db.Users.Where(one => one.Id == account).ExecuteDeleteAsync(stop);
            Audit.Record(
                db,
                staff.OrganisationId,
                staff.AccountId,
                AuditAct.Erased,
                person.Account is { } its ? new("account", its) : new("person", Guid.Empty),
                time.GetUtcNow()
            );
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(CancellationToken.None);
        }

        foreach (var module in modules)
            module.Erased();
        if (person.Account is { } gone)
            security.RightsChanged(gone, staff.AccountId, "erased");
        return true;
    }
}
