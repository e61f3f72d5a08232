using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>Makes an account for a colleague and mails a link with which this person chooses a password.</summary>
/// <param name="Unit">Null: the organisation as a whole.</param>
public sealed record InvitePerson(string? Name, string? Email, IReadOnlyList<StaffRole>? Roles, Guid? Unit) : IRequest<Result<Guid>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people",
                async (InvitePerson wish, IMediator mediator, CancellationToken stop) => (await mediator.Send(wish, stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("InvitePerson")
            .WithTags("Organisations")
            .Produces<Guid>()
            .ProducesProblem(409)
            .ProducesProblem(422);
}

internal sealed class InvitePersonHandler(DialogueDb db, ICurrentStaff current, Invitations invitations)
    : IRequestHandler<InvitePerson, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(InvitePerson request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var (name, email) = (Administration.Name(request.Name), Administration.Address(request.Email));
        if ((name.Refusal ?? email.Refusal) is { } wrong)
            return wrong;
        if (Roles.Together(request.Roles) is not { } roles)
            return RefusalCode.UnknownKind;
        if (
            request.Unit is { } unit
            && !await db.Set<UnitRow>().AnyAsync(u => u.Id == unit && u.OrganisationId == staff.OrganisationId, cancellationToken)
        )
            return RefusalCode.NoSuchUnit;
        if (await invitations.IsKnown(db, email.Value!, cancellationToken))
            return RefusalCode.AlreadyAccount;
        var account = await invitations.Add(
            db,
            staff.OrganisationId,
            name.Value!,
            email.Value!,
            roles,
            request.Unit,
            staff,
            cancellationToken
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return RefusalCode.AlreadyAccount;
        }

        return account.Id;
    }
}
