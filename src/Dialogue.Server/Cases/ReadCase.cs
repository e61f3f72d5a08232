using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>One case, for staff of its organisation.</summary>
public sealed record ReadCase(Guid Id) : IRequest<Result<CaseReading>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/cases/{id:guid}",
                async (Guid id, IMediator mediator, CancellationToken stop) => (await mediator.Send(new ReadCase(id), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ReadCase")
            .WithTags("Cases")
            .Produces<CaseReading>()
            .ProducesProblem(401)
            .ProducesProblem(404);
}

public sealed record CaseReading(
    Guid Id,
    string Number,
    string Title,
    string Story,
    string Domain,
    string Trigger,
    string RegisteredBy,
    DateTimeOffset RegisteredAt,
    bool Closed,
    int Version,
    bool MayEdit
)
{
    internal static CaseReading Of(CaseRow row, StaffMember staff) =>
        new(
            row.Id,
            row.Number,
            row.Title,
            row.Story,
            row.Domain,
            row.Trigger,
            row.RegisteredByName,
            row.RegisteredAt,
            row.Closed,
            row.Version,
            MayBeEditedBy(staff, row)
        );

    /// <summary>Whoever brought the question, and those whose work it is to guide it.</summary>
    internal static bool MayBeEditedBy(StaffMember staff, CaseRow row) =>
        row.RegisteredBy == staff.AccountId || staff.Is(StaffRole.Facilitator) || staff.Is(StaffRole.Coordinator);
}

internal sealed class ReadCaseHandler(DialogueDb db, ICurrentStaff current) : IRequestHandler<ReadCase, Result<CaseReading>>
{
    public async Task<Result<CaseReading>> Handle(ReadCase request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == request.Id && c.OrganisationId == staff.OrganisationId, cancellationToken);
        return row is null ? RefusalCode.NoSuchItem : CaseReading.Of(row, staff);
    }
}
