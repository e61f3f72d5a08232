using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;

namespace Dialogue.Organisations.People;

/// <summary>Mails a fresh link to somebody who was invited and has not chosen a password yet. The link of before ends.</summary>
public sealed record SendInvitationAgain(Guid Person) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/people/{id:guid}/invitation",
                async (Guid id, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new SendInvitationAgain(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("SendInvitationAgain")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(422);
}

internal sealed class SendInvitationAgainHandler(DialogueDb db, ICurrentStaff current, AccountLinks links, TimeProvider time)
    : IRequestHandler<SendInvitationAgain, Result<bool>>
{
    public async Task<Result<bool>> Handle(SendInvitationAgain request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
            return RefusalCode.NoSuchAccount;
        if (account.DeactivatedAt is not null)
            return RefusalCode.AccountEnded;
        if (account.PasswordHash is not null)
            return RefusalCode.AlreadyAnswered;
        await links.Send(db, account, AccountLinkPurpose.Invite, staff, stop: cancellationToken);
        Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.InvitationSentAgain, new("account", account.Id), time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
