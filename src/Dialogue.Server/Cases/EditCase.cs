using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>Words a case anew, or closes it or opens it again. Dialogues that were prepared keep the words they had.</summary>
/// <param name="Version">The version that was on the screen; when somebody else was first, the answer is <see
/// cref="RefusalCode.AlreadyAdvanced"/>.</param>
public sealed record EditCase(Guid Id, int Version, string? Title, string? Story, string? Domain, string? Trigger, bool Closed)
    : IRequest<Result<CaseReading>>;

internal sealed class EditCaseHandler(DialogueDb db, ICurrentStaff current) : IRequestHandler<EditCase, Result<CaseReading>>
{
    public async Task<Result<CaseReading>> Handle(EditCase request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<CaseRow>()
            .AsTracking()
            .SingleOrDefaultAsync(c => c.Id == request.Id && c.OrganisationId == staff.OrganisationId, cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchItem;
        if (!CaseReading.MayBeEditedBy(staff, row))
            return RefusalCode.NotAllowed;
        var words = CaseText.Read(request.Title, request.Story, request.Domain, request.Trigger);
        if (!words.Ok)
            return words.Refusal!;
        if (row.Version != request.Version)
            return RefusalCode.AlreadyAdvanced;

        (row.Title, row.Story, row.Domain, row.Trigger) = words.Value!;
        row.Closed = request.Closed;
        row.Version++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.AlreadyAdvanced;
        }

        return CaseReading.Of(row, staff);
    }
}
