using System.Globalization;
using System.Linq.Expressions;
using Dialogue.Access;
using Dialogue.Activities.Commit;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>What stands in the address of the list.</summary>
public sealed record ActionFilter(
    bool Mine = false,
    ActionState? State = null,
    string? Unit = null,
    Guid? Case = null,
    Guid? Dialogue = null,
    bool Late = false
);

/// <summary>Agreed actions, soonest due first, a page at a time; the next page starts after the last one seen.</summary>
public sealed record ListActions(StaffMember Staff, ActionFilter Filter, string? After = null, int Take = 50) : IRequest<ActionPageOf>
{
    public const int Most = 200;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/actions",
                async (
                    bool? mine,
                    string? state,
                    string? unit,
                    Guid? @case,
                    Guid? dialogue,
                    bool? late,
                    string? after,
                    int? take,
                    ICurrentStaff current,
                    IMediator mediator,
                    CancellationToken stop
                ) =>
                {
                    if (await current.Get(stop) is not { } staff)
                        return Results.Unauthorized();
                    if (
                        (!string.IsNullOrEmpty(state) && ActionFilters.State(state) is null)
                        || (!string.IsNullOrEmpty(after) && ActionFilters.Key(after) is null)
                    )
                        return Problems.Of(new Answer.Refused(RefusalCode.Malformed));
                    var filter = new ActionFilter(mine == true, ActionFilters.State(state), unit, @case, dialogue, late == true);
                    var page = await mediator.Send(new ListActions(staff, filter, after, Math.Clamp(take ?? 50, 1, Most)), stop);
                    return Results.Ok(page);
                }
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ListActions")
            .WithTags("FollowUp")
            .Produces<ActionPageOf>()
            .ProducesProblem(401)
            .ProducesProblem(422);
}

/// <param name="Next">The value of <c>after</c> for the next page; null when this was the last.</param>
public sealed record ActionPageOf(IReadOnlyList<ActionSummary> Actions, string? Next);

public sealed record ActionSummary(
    Guid Id,
    string Text,
    string Why,
    AgreementKind Kind,
    ActionState State,
    string Owner,
    string? Verifier,
    DateOnly DueDate,
    DateOnly OriginalDueDate,
    int DateChanges,
    int DaysLate,
    int Escalation,
    string? Unit,
    Guid? CaseId,
    Guid DialogueId,
    string DialogueTitle
)
{
    public static ActionSummary Of(AgreedActionRow row, int late, int escalation) =>
        new(
            row.Id,
            row.Text,
            row.WhyText,
            row.Kind,
            row.State,
            row.OwnerName,
            row.VerifierName,
            row.DueDate,
            row.OriginalDueDate,
            row.DateChanges,
            late,
            escalation,
            row.Unit,
            row.CaseId,
            row.DialogueId,
            row.DialogueTitle
        );

    public static ActionSummary Of(AgreedActionRow row, DateOnly today, FollowUpPolicy policy)
    {
        var action = ActionChanges.Read(row);
        return Of(row, action.DaysLate(today), policy.EscalationLevel(action, today));
    }
}

internal sealed class ListActionsHandler(DialogueDb db, TimeProvider time, FollowUpPolicies policies)
    : IRequestHandler<ListActions, ActionPageOf>
{
    public async Task<ActionPageOf> Handle(ListActions request, CancellationToken cancellationToken)
    {
        var today = await ActionFilters.Today(db, request.Staff, time, cancellationToken);
        var rows = db.Set<AgreedActionRow>().AsNoTracking().Where(db, request.Filter, request.Staff, today);
        if (ActionFilters.Key(request.After) is var (due, id))
            rows = rows.Where(row => row.DueDate > due || (row.DueDate == due && row.Id.CompareTo(id) > 0));
        var page = await rows.OrderBy(row => row.DueDate).ThenBy(row => row.Id).Take(request.Take + 1).ToListAsync(cancellationToken);
        var policy = await policies.Of(db, request.Staff.OrganisationId, cancellationToken);
        var next = page.Count > request.Take ? ActionFilters.Key(page[request.Take - 1]) : null;
        return new([.. page.Take(request.Take).Select(row => ActionSummary.Of(row, today, policy))], next);
    }
}

public static class ActionFilters
{
    /// <summary>
    /// The states in which a passed date means late; the same as <see cref="AgreedAction.IsOpenWork"/>, for the database.
    /// </summary>
    internal static readonly Expression<Func<AgreedActionRow, bool>> OpenWork = row =>
        row.State == ActionState.Offered
        || row.State == ActionState.HandedOver
        || row.State == ActionState.Accepted
        || row.State == ActionState.Planned
        || row.State == ActionState.InProgress
        || row.State == ActionState.Blocked
        || row.State == ActionState.Rejected;

    public static IQueryable<AgreedActionRow> Where(
        this IQueryable<AgreedActionRow> rows,
        DialogueDb db,
        ActionFilter filter,
        StaffMember staff,
        DateOnly today
    )
    {
        rows = filter.Mine ? rows.Mine(staff) : rows.Visible(db, staff);
        if (filter.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (!string.IsNullOrEmpty(filter.Unit))
            rows = rows.Where(row => row.Unit == filter.Unit);
        if (filter.Case is { } its)
            rows = rows.Where(row => row.CaseId == its);
        if (filter.Dialogue is { } dialogue)
            rows = rows.Where(row => row.DialogueId == dialogue);
        if (filter.Late)
            rows = rows.Where(OpenWork).Where(row => row.DueDate < today);
        return rows;
    }

    public static ActionState? State(string? text) =>
        Enum.TryParse<ActionState>(text?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var state)
        && Enum.IsDefined(state)
            ? state
            : null;

    public static async Task<DateOnly> Today(DialogueDb db, StaffMember staff, TimeProvider time, CancellationToken stop)
    {
        var zone = await db.Set<OrganisationRow>()
            .Where(one => one.Id == staff.OrganisationId)
            .Select(one => one.TimeZone)
            .SingleOrDefaultAsync(stop);
        return LocalMoment.DateOf(time.GetUtcNow(), Zones.Find(zone));
    }

    public static string Key(AgreedActionRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.DueDate:yyyy-MM-dd}_{row.Id:N}");

    public static (DateOnly Due, Guid Id)? Key(string? text) =>
        text?.Split('_') is [var due, var id]
        && DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && Guid.TryParse(id, out var guid)
            ? (date, guid)
            : null;
}
