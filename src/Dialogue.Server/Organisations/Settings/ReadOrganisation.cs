using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Settings;

/// <summary>The settings of one's own organisation.</summary>
public sealed record ReadOrganisation : IRequest<Result<OrganisationSettings>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/organisation",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new ReadOrganisation(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("ReadOrganisation")
            .WithTags("Organisations")
            .Produces<OrganisationSettings>()
            .ProducesProblem(401);
}

/// <param name="Accent">House colour as <c>#rrggbb</c>; null for the colours of the program.</param>
/// <param name="Version">Comes back with a change: when somebody else was first, the change is refused.</param>
public sealed record OrganisationSettings(
    Guid Id,
    string Name,
    string? Address,
    string TimeZone,
    string Language,
    string? Accent,
    bool HasLogo,
    IReadOnlyList<WorkingDays> WorkingDays,
    bool RequireSecondFactor,
    DialogueLevel Level,
    int RemindDaysBefore,
    int AnswerWorkingDays,
    int LateDays,
    int LateDaysSponsor,
    int LateDaysPortfolio,
    int LateDaysBoard,
    bool RunsInstallation,
    int Version
)
{
    public static IReadOnlyList<WorkingDays> Days { get; } =
    [
        Organisations.WorkingDays.Monday,
        Organisations.WorkingDays.Tuesday,
        Organisations.WorkingDays.Wednesday,
        Organisations.WorkingDays.Thursday,
        Organisations.WorkingDays.Friday,
        Organisations.WorkingDays.Saturday,
        Organisations.WorkingDays.Sunday,
    ];
}

internal sealed class ReadOrganisationHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ReadOrganisation, Result<OrganisationSettings>>
{
    public async Task<Result<OrganisationSettings>> Handle(ReadOrganisation request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<OrganisationRow>().AsNoTracking().SingleAsync(o => o.Id == staff.OrganisationId, cancellationToken);
        var logo = await db.Set<LogoRow>().AnyAsync(l => l.OrganisationId == row.Id, cancellationToken);
        return new OrganisationSettings(
            row.Id,
            row.Name,
            row.Address,
            row.TimeZone,
            row.Language,
            row.Accent,
            logo,
            [.. OrganisationSettings.Days.Where(day => (row.WorkingDays & day) != 0)],
            row.RequireSecondFactor,
            row.Level,
            row.RemindDaysBefore,
            row.AnswerWorkingDays,
            row.LateDays,
            row.LateDaysSponsor,
            row.LateDaysPortfolio,
            row.LateDaysBoard,
            row.RunsInstallation,
            row.Version
        );
    }
}
