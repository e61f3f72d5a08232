using Dialogue.Access;
using Dialogue.FollowUp;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Reading;

/// <summary>The audit trail of one's own organisation, newest first: for administrators and records officers.</summary>
/// <param name="Act">Only this; null for all.</param>
/// <param name="By">Only what this account did; null for everybody.</param>
/// <param name="From">Local date of the organisation, inclusive; null for no limit.</param>
/// <param name="Until">Local date of the organisation, inclusive; null for no limit.</param>
/// <param name="Before">The value of <see cref="TrailPageOf.Next"/> of the page before; null for the first page.</param>
public sealed record ReadTrail(AuditAct? Act, Guid? By, DateOnly? From, DateOnly? Until, string? Before = null, int Take = 50)
    : IRequest<Result<TrailPageOf>>
{
    public const int Most = 10_000;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/audit",
                async (
                    AuditAct? act,
                    Guid? by,
                    DateOnly? from,
                    DateOnly? until,
                    string? before,
                    int? take,
                    IMediator mediator,
                    CancellationToken stop
                ) => (await mediator.Send(new ReadTrail(act, by, from, until, before, Math.Clamp(take ?? 50, 1, 200)), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ReadTrail")
            .WithTags("Organisations")
            .Produces<TrailPageOf>()
            .ProducesProblem(401)
            .ProducesProblem(403);
}

/// <param name="Next">Where the next page begins; null when this is the last.</param>
/// <param name="People">Everybody of the organisation, for the filter.</param>
/// <param name="Zone">The time zone of the organisation, in which moments are shown.</param>
public sealed record TrailPageOf(IReadOnlyList<TrailLine> Lines, string? Next, IReadOnlyList<TrailLine.Person> People, string Zone);

/// <param name="Who">Null: the program itself.</param>
/// <param name="SubjectName">The name as it is now, for a person, a unit or a partner; null for other things and for what is gone.</param>
public sealed record TrailLine(
    Guid Id,
    DateTimeOffset At,
    TrailLine.Person? Who,
    AuditAct Act,
    string SubjectKind,
    string? SubjectId,
    string? SubjectName,
    string? Detail
)
{
    /// <param name="Name">Null when the account is gone.</param>
    public sealed record Person(Guid Id, string? Name);
}

internal sealed class ReadTrailHandler(DialogueDb db, ICurrentStaff current) : IRequestHandler<ReadTrail, Result<TrailPageOf>>
{
    public async Task<Result<TrailPageOf>> Handle(ReadTrail request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff || (staff.Roles & Readers) == 0)
            return RefusalCode.NotAllowed;
        var mine = staff.OrganisationId;
        var zoneId = await db.Set<OrganisationRow>().Where(o => o.Id == mine).Select(o => o.TimeZone).SingleAsync(cancellationToken);
        var zone = Zones.Find(zoneId);
        var rows = db.Set<AuditRow>().AsNoTracking().Where(row => row.OrganisationId == mine);
        if (request.Act is { } act)
            rows = rows.Where(row => row.Act == act);
        if (request.By is { } by)
            rows = rows.Where(row => row.AccountId == by);
        if (request.From is { } from && Start(from) is var first)
            rows = rows.Where(row => row.At >= first);
        if (request.Until is { } until && until < DateOnly.MaxValue && Start(until.AddDays(1)) is var end)
            rows = rows.Where(row => row.At < end);
        if (Key(request.Before) is var (at, id))
            rows = rows.Where(row => row.At < at || (row.At == at && row.Id.CompareTo(id) < 0));
        var page = await rows.OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Id)
            .Take(request.Take + 1)
            .ToListAsync(cancellationToken);

        var people = await db
            .Users.Where(account => account.OrganisationId == mine)
            .Select(account => new { account.Id, account.Name })
            .ToDictionaryAsync(account => account.Id, account => account.Name, cancellationToken);
        var units = await db.Set<UnitRow>()
            .Where(unit => unit.OrganisationId == mine)
            .Select(unit => new { unit.Id, unit.Name })
            .ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var partners = await db.Set<PartnerRow>()
            .Where(partner => partner.OrganisationId == mine)
            .Select(partner => new { partner.Id, partner.Name })
            .ToDictionaryAsync(partner => partner.Id, partner => partner.Name, cancellationToken);
        return new TrailPageOf(
            [
                .. page.Take(request.Take)
                    .Select(row => new TrailLine(
                        row.Id,
                        row.At,
                        row.AccountId is { } who ? new(who, people.GetValueOrDefault(who)) : null,
                        row.Act,
                        row.SubjectKind,
                        row.SubjectId,
                        Name(row),
                        row.Detail
                    )),
            ],
            page.Count > request.Take ? $"{page[request.Take - 1].At.UtcTicks}_{page[request.Take - 1].Id:N}" : null,
            [
                .. people
                    .OrderBy(one => one.Value, StringComparer.CurrentCultureIgnoreCase)
                    .Select(one => new TrailLine.Person(one.Key, one.Value)),
            ],
            zoneId
        );

        string? Name(AuditRow row) =>
            Guid.TryParse(row.SubjectId, out var subject)
                ? row.SubjectKind switch
                {
                    "account" => people.GetValueOrDefault(subject),
                    "unit" => units.GetValueOrDefault(subject),
                    "function" => units.GetValueOrDefault(subject),
                    "partner" => partners.GetValueOrDefault(subject),
                    _ => null,
                }
                : null;

        DateTimeOffset Start(DateOnly day) => LocalMoment.At(day, TimeOnly.MinValue, zone);
    }

    private const StaffRole Readers = StaffRole.Administrator | StaffRole.RecordsOfficer;

    private static (DateTimeOffset At, Guid Id)? Key(string? text) =>
        text?.Split('_') is [var ticks, var id]
        && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at)
        && at >= 0
        && at <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParse(id, out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
}
