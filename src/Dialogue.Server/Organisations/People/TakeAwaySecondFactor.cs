using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Organisations.People;

/// <summary>
/// For somebody who lost the phone and the recovery codes: the second step goes off, all passkeys go, and all devices are signed out. The
/// password stays needed. The person hears of it by mail. Never for one's own account: whoever can sign in does that with the password.
/// </summary>
public sealed record TakeAwaySecondFactor(Guid Person) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
                "/api/v1/people/{id:guid}/second-factor",
                async (Guid id, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new TakeAwaySecondFactor(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("TakeAwaySecondFactor")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(403)
            .ProducesProblem(404);
}

internal sealed class TakeAwaySecondFactorHandler(
    DialogueDb db,
    ICurrentStaff current,
    UserManager<Account> accounts,
    StaffSessions sessions,
    AccountLetters letters,
    SecurityLog security,
    TimeProvider time
) : IRequestHandler<TakeAwaySecondFactor, Result<bool>>
{
    public async Task<Result<bool>> Handle(TakeAwaySecondFactor request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff || staff.AccountId == request.Person)
            return RefusalCode.NotAllowed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Rights.Find(db, staff, request.Person, cancellationToken) is not { } account)
            return RefusalCode.NoSuchAccount;
        var passkeys = await accounts.GetPasskeysAsync(account);
        if (!account.TwoFactorEnabled && passkeys.Count == 0)
            return true;
        foreach (var passkey in passkeys)
            await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
        await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        await sessions.EndAll(account.Id, cancellationToken);
        await letters.Changed(db, account, "SecondFactorTaken", fact: staff.Name, stop: cancellationToken);
        Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.SecondFactorTaken, new("account", account.Id), time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Tell(account.Id);
        security.SecondFactor(account.Id, "taken away by an administrator");
        return true;
    }
}
