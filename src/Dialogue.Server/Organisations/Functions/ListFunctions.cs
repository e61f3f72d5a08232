using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Functions;

/// <summary>Who holds which function in one's own organisation: those that are filled.</summary>
public sealed record ListFunctions : IRequest<Result<IReadOnlyList<FilledFunction>>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/functions",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new ListFunctions(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ListFunctions")
            .WithTags("Organisations")
            .Produces<IReadOnlyList<FilledFunction>>()
            .ProducesProblem(401);
}

/// <param name="Unit">Null: for the whole organisation.</param>
/// <param name="Account">Null: it is a mailbox.</param>
/// <param name="Email">The address of the account now, or of the mailbox.</param>
/// <param name="Ended">The person cannot sign in any more: letters go to the next one.</param>
public sealed record FilledFunction(
    NamedFunction Function,
    Guid? Unit,
    string? UnitName,
    Guid? Account,
    string Name,
    string Email,
    bool Ended
);

internal sealed class ListFunctionsHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ListFunctions, Result<IReadOnlyList<FilledFunction>>>
{
    public async Task<Result<IReadOnlyList<FilledFunction>>> Handle(ListFunctions request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var rows = await (
            from function in db.Set<FunctionRow>().AsNoTracking()
            where function.OrganisationId == staff.OrganisationId
            join known in db.Users on function.AccountId equals (Guid?)known.Id into accounts
            from account in accounts.DefaultIfEmpty()
            join part in db.Set<UnitRow>() on function.UnitId equals (Guid?)part.Id into parts
            from unit in parts.DefaultIfEmpty()
            select new
            {
                function.Function,
                function.UnitId,
                Unit = unit == null ? null : unit.Name,
                function.AccountId,
                Name = account == null ? function.MailboxName : account.Name,
                Email = account == null ? function.MailboxEmail : account.Email,
                Ended = account != null && account.DeactivatedAt != null,
            }
        ).ToListAsync(cancellationToken);
        return new Result<IReadOnlyList<FilledFunction>>(
            [
                .. rows.OrderBy(row => row.Function)
                    .ThenBy(row => row.UnitId is not null)
                    .ThenBy(row => row.Unit, StringComparer.CurrentCultureIgnoreCase)
                    .Select(row => new FilledFunction(
                        row.Function,
                        row.UnitId,
                        row.Unit,
                        row.AccountId,
                        row.Name ?? "",
                        row.Email ?? "",
                        row.Ended
                    )),
            ],
            Refusal: null
        );
    }
}
