using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Functions;

/// <summary>
/// Says who holds a function, for the organisation or one unit: an account, or a mailbox with a name. Neither empties it. Whoever held it
/// before does not any more.
/// </summary>
/// <param name="Unit">Null: for the whole organisation.</param>
public sealed record FillFunction(NamedFunction Function, Guid? Unit, Guid? Account, string? MailboxName, string? MailboxEmail)
    : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/v1/functions",
                async (FillFunction wish, IMediator mediator, CancellationToken stop) => (await mediator.Send(wish, stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("FillFunction")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(404)
            .ProducesProblem(422);
}

internal sealed class FillFunctionHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<FillFunction, Result<bool>>
{
    public async Task<Result<bool>> Handle(FillFunction request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (!Enum.IsDefined(request.Function))
            return RefusalCode.UnknownKind;
        var mine = staff.OrganisationId;
        if (request.Unit is { } unit && !await db.Set<UnitRow>().AnyAsync(u => u.Id == unit && u.OrganisationId == mine, cancellationToken))
            return RefusalCode.NoSuchUnit;

        var (name, email) = ((string?)null, (string?)null);
        if (request.Account is { } account)
        {
            var known = await db
                .Users.AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == account && a.OrganisationId == mine, cancellationToken);
            if (known is null)
                return RefusalCode.NoSuchAccount;
            if (known.DeactivatedAt is not null)
                return RefusalCode.AccountEnded;
        }
        else if (!string.IsNullOrWhiteSpace(request.MailboxName) || !string.IsNullOrWhiteSpace(request.MailboxEmail))
        {
            var (words, address) = (Administration.Name(request.MailboxName), Administration.Address(request.MailboxEmail));
            if (!words.Ok)
                return words.Refusal!;
            if (!address.Ok)
                return address.Refusal!;
            (name, email) = (words.Value, address.Value);
        }

        var now = time.GetUtcNow();
        var scope = request.Unit ?? mine;
        var row = await db.Set<FunctionRow>()
            .AsTracking()
            .SingleOrDefaultAsync(f => f.OrganisationId == mine && f.ScopeId == scope && f.Function == request.Function, cancellationToken);
        var empty = request.Account is null && email is null;
        if (empty && row is null)
            return true;
        if (empty)
        {
            db.Remove(row!);
        }
        else
        {
            if (row is null)
            {
                row = new FunctionRow
                {
                    Id = Guid.CreateVersion7(now),
                    OrganisationId = mine,
                    Function = request.Function,
                    UnitId = request.Unit,
                    ScopeId = scope,
                };
                db.Add(row);
            }

            (row.AccountId, row.MailboxName, row.MailboxEmail) = (request.Account, name, email);
        }

        Audit.Record(
            db,
            mine,
            staff.AccountId,
            empty ? AuditAct.FunctionEmptied : AuditAct.FunctionFilled,
            request.Account is { } holder ? new("account", holder) : new("function", scope),
            now,
            request.Function.ToString()
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody filled or emptied the same function at the same moment.
            return RefusalCode.Busy;
        }

        return true;
    }
}
