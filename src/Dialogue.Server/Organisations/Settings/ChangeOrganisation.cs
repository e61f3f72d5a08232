using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Settings;

/// <summary>Changes the settings of one's own organisation, all at once.</summary>
/// <param name="Accent">House colour as <c>#rrggbb</c>; empty for the colours of the program.</param>
/// <param name="Version">The version that was on the screen.</param>
public sealed record ChangeOrganisation(
    string? Name,
    string? Address,
    string? TimeZone,
    string? Language,
    string? Accent,
    IReadOnlyList<WorkingDays>? WorkingDays,
    bool RequireSecondFactor,
    DialogueLevel Level,
    int RemindDaysBefore,
    int AnswerWorkingDays,
    int LateDays,
    int LateDaysSponsor,
    int LateDaysPortfolio,
    int LateDaysBoard,
    int Version
) : IRequest<Result<bool>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/v1/organisation",
                async (ChangeOrganisation change, IMediator mediator, CancellationToken stop) => (await mediator.Send(change, stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ChangeOrganisation")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(409)
            .ProducesProblem(422);
}

internal sealed class ChangeOrganisationHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<ChangeOrganisation, Result<bool>>
{
    private const int MostDays = 365;

    public async Task<Result<bool>> Handle(ChangeOrganisation request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var name = Administration.Name(request.Name);
        var address = PlainText.ReadOptional(request.Address, limit: 400);
        var zone = Administration.Zone(request.TimeZone);
        var language = Administration.Language(request.Language);
        var accent = HouseStyle.Read(request.Accent);
        if ((name.Refusal ?? address.Refusal ?? zone.Refusal ?? language.Refusal ?? accent.Refusal) is { } wrong)
            return wrong;
        var days = (request.WorkingDays ?? []).Aggregate(WorkingDays.None, (all, day) => all | day) & All;
        int[] ladder = [request.LateDays, request.LateDaysSponsor, request.LateDaysPortfolio, request.LateDaysBoard];
        if (
            days == WorkingDays.None
            || ladder.Append(request.RemindDaysBefore).Append(request.AnswerWorkingDays).Any(count => count is < 1 or > MostDays)
            || ladder.Zip(ladder.Skip(1)).Any(pair => pair.First >= pair.Second)
        )
            return RefusalCode.DaysOutOfRange;
        if (!Enum.IsDefined(request.Level))
            return RefusalCode.UnknownKind;

        var row = await db.Set<OrganisationRow>().AsTracking().SingleAsync(o => o.Id == staff.OrganisationId, cancellationToken);
        if (row.Version != request.Version)
            return RefusalCode.AlreadyAdvanced;
        if (
            row.Name != name.Value
            && await db.Set<OrganisationRow>().AnyAsync(other => other.Id != row.Id && other.Name == name.Value, cancellationToken)
        )
            return RefusalCode.AlreadyOrganisation;

        (row.Name, row.Address, row.TimeZone, row.Language, row.Accent) = (
            name.Value!,
            address.Value,
            zone.Value!,
            language.Value!,
            accent.Value
        );
        (row.WorkingDays, row.RequireSecondFactor, row.Level) = (days, request.RequireSecondFactor, request.Level);
        (row.RemindDaysBefore, row.AnswerWorkingDays) = (request.RemindDaysBefore, request.AnswerWorkingDays);
        (row.LateDays, row.LateDaysSponsor, row.LateDaysPortfolio, row.LateDaysBoard) = (
            request.LateDays,
            request.LateDaysSponsor,
            request.LateDaysPortfolio,
            request.LateDaysBoard
        );
        var changed = db.Entry(row).Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToList();
        if (changed.Count == 0)
            return true;
        row.Version++;
        Audit.Record(
            db,
            row.Id,
            staff.AccountId,
            AuditAct.SettingsChanged,
            new("organisation", row.Id),
            time.GetUtcNow(),
            string.Join(", ", changed)
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RefusalCode.AlreadyAdvanced;
        }

        return true;
    }

    private const WorkingDays All = WorkingDays.MondayToFriday | WorkingDays.Saturday | WorkingDays.Sunday;
}
