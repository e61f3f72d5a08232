using System.Globalization;
using System.Text;
using Dialogue.Access;
using Dialogue.Look;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.Extensions.Localization;

namespace Dialogue.Organisations.Reading;

/// <summary>
/// The audit trail as a file for a spreadsheet. That it was taken out stands in the trail, and does so before it is given.
/// </summary>
public static class ExportTrail
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/beheer/spoor.csv",
                async (
                    string? soort,
                    string? wie,
                    string? van,
                    string? tot,
                    HttpContext http,
                    ICurrentStaff current,
                    DialogueDb db,
                    TimeProvider time,
                    IMediator mediator,
                    IStringLocalizer<Words> words,
                    CancellationToken stop
                ) =>
                {
                    if (await current.Get(stop) is not { } staff)
                        return Results.Unauthorized();
                    var wish = TrailFilter.Of(soort, wie, van, tot);
                    var read = await mediator.Send(wish.Read(null, ReadTrail.Most), stop);
                    if (read.Refusal is { } refused)
                        return Operations.Problems.Of(refused);
                    Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.Exported, new("audit"), time.GetUtcNow());
                    await db.SaveChangesAsync(stop);
                    http.Response.Headers.CacheControl = "no-store";
                    return Results.File(Write(read.Value!, key => words[key]), "text/csv; charset=utf-8", "spoor.csv");
                }
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .ExcludeFromDescription();

    internal static byte[] Write(TrailPageOf page, Func<string, string> words)
    {
        var zone = Zones.Find(page.Zone);
        var text = new StringBuilder();
        Csv.Row(text, words("Trail.At"), words("Trail.Who"), words("Trail.Act"), words("Trail.Subject"), words("Trail.Detail"), "id");
        foreach (var line in page.Lines)
        {
            Csv.Row(
                text,
                TimeZoneInfo.ConvertTime(line.At, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
                line.Who is { } who ? who.Name ?? words("Trail.Gone") : words("Trail.Program"),
                words("Act." + line.Act),
                line.SubjectName ?? $"{line.SubjectKind} {line.SubjectId}",
                line.Detail,
                line.SubjectId
            );
        }

        return Csv.File(text);
    }
}

/// <summary>What stands in the address of the page of the trail; a value that cannot be read is no filter.</summary>
public sealed record TrailFilter(AuditAct? Act, Guid? By, DateOnly? From, DateOnly? Until)
{
    public static TrailFilter Of(string? act, string? by, string? from, string? until) =>
        new(
            Enum.TryParse<AuditAct>(act, out var known) && Enum.IsDefined(known) ? known : null,
            Guid.TryParse(by, out var account) ? account : null,
            Day(from),
            Day(until)
        );

    public ReadTrail Read(string? before, int take) => new(Act, By, From, Until, before, take);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
