using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Gives somebody another mail address. The address changes when the mail that goes there is confirmed; who has no password yet gets the
/// invitation at the new address at once.
/// </summary>
public sealed record ChangeAddress(Guid Person, string? Email) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/{id:guid}/address",
                async (Guid id, Wish wish, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ChangeAddress(id, wish.Email), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangeAddress")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    public sealed record Wish(string? Email);
}

internal sealed class ChangeAddressHandler(
    DialogueDb db,
    ICurrentStaff current,
    AccountLinks links,
    Invitations invitations,
    ILookupNormalizer normalizer,
    TimeProvider time
) : IRequestHandler<ChangeAddress, Result<bool>>
{
    public async Task<Result<bool>> Handle(ChangeAddress request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var email = Administration.Address(request.Email);
        if (!email.Ok)
            return email.Refusal!;
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
            return RefusalCode.NoSuchAccount;
        if (account.DeactivatedAt is not null)
            return RefusalCode.AccountEnded;
        if (await invitations.IsKnown(db, email.Value!, cancellationToken))
            return RefusalCode.AlreadyAccount;

        if (account.PasswordHash is null)
        {
            (account.Email, account.UserName) = (email.Value, email.Value);
            account.NormalizedEmail = normalizer.NormalizeEmail(email.Value);
            account.NormalizedUserName = normalizer.NormalizeName(email.Value);
            Rights.Touch(account);
            await links.Send(db, account, AccountLinkPurpose.Invite, staff, stop: cancellationToken);
        }
        else
        {
            await links.Send(db, account, AccountLinkPurpose.ConfirmAddress, staff, email.Value, cancellationToken);
        }

        Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.AddressChangeAsked, new("account", account.Id), time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.AlreadyAdvanced;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return RefusalCode.AlreadyAccount;
        }

        return true;
    }
}

/// <summary>That an address really changed stands in the trail, in the transaction that changes it.</summary>
internal sealed class AddressInTrail(TimeProvider time) : IWhenAddressChanged
{
    public async Task AddressChanged(DialogueDb db, Guid account, string from, string to, CancellationToken stop)
    {
        var organisation = await db.Users.Where(a => a.Id == account).Select(a => a.OrganisationId).SingleAsync(stop);
        Audit.Record(db, organisation, account, AuditAct.AddressChanged, new("account", account), time.GetUtcNow());
    }
}
