using System.Globalization;
using System.Text;
using Dialogue.Access;
using Dialogue.Look;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.Extensions.Localization;

namespace Dialogue.FollowUp;

/// <summary>The list as a file for a spreadsheet. What people typed can never become a formula there.</summary>
public static class ExportActions
{
    private const int Most = 10_000;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/opvolging.csv",
                async (
                    bool? mine,
                    string? state,
                    string? unit,
                    Guid? @case,
                    bool? late,
                    HttpContext http,
                    ICurrentStaff current,
                    IMediator mediator,
                    DialogueDb db,
                    TimeProvider time,
                    IStringLocalizer<Words> words,
                    CancellationToken stop
                ) =>
                {
                    if (await current.Get(stop) is not { } staff)
                        return Results.Unauthorized();
                    var filter = new ActionFilter(mine == true, ActionFilters.State(state), unit, @case, null, late == true);
                    var page = await mediator.Send(new ListActions(staff, filter, null, Most), stop);
                    // That it was taken out stands in the trail before it is given.
                    Audit.Record(db, staff.OrganisationId, staff.AccountId, AuditAct.Exported, new("action"), time.GetUtcNow());
                    await db.SaveChangesAsync(stop);
                    http.Response.Headers.CacheControl = "no-store";
                    return Results.File(Write(page.Actions, key => words[key]), "text/csv; charset=utf-8", "opvolging.csv");
                }
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .ExcludeFromDescription();

    internal static byte[] Write(IEnumerable<ActionSummary> actions, Func<string, string> words)
    {
        var text = new StringBuilder();
        Csv.Row(
            text,
            words("Csv.Text"),
            words("Why"),
            words("Kind"),
            words("State"),
            words("Unit"),
            words("Dialogue"),
            words("Owner"),
            words("Verifier"),
            words("DueDate"),
            words("OriginalDueDate"),
            words("DateChanges"),
            words("DaysLate"),
            words("Csv.Id")
        );
        foreach (var one in actions)
        {
            Csv.Row(
                text,
                one.Text,
                one.Why,
                words("Kind." + one.Kind.Word()),
                words("State." + one.State),
                one.Unit,
                one.DialogueTitle,
                one.Owner,
                one.Verifier,
                Date(one.DueDate),
                Date(one.OriginalDueDate),
                Number(one.DateChanges),
                Number(one.DaysLate),
                one.Id.ToString()
            );
        }
        return Csv.File(text);

        static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
