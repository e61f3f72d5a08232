using Dialogue.Access;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>One agreed action as this person may see it. Looking changes nothing, also through a personal link.</summary>
public sealed record ShowAction(Guid? Action, Acting By) : IRequest<Result<ActionView>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/actions/{id:guid}",
                async (Guid id, ICurrentStaff current, IMediator mediator, CancellationToken stop) =>
                {
                    if (await current.Get(stop) is not { } staff)
                        return Results.Unauthorized();
                    var shown = await mediator.Send(new ShowAction(id, new Acting.Signed(staff)), stop);
                    return shown.Refusal is { } refused ? Problems.Of(refused) : Results.Ok(ActionDetail.Of(shown.Value!));
                }
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ShowAction")
            .WithTags("FollowUp")
            .Produces<ActionDetail>()
            .ProducesProblem(401)
            .ProducesProblem(404);

        app.MapGet(
                "/api/v1/action-links/{token}",
                async (string token, HttpContext http, IMediator mediator, CancellationToken stop) =>
                {
                    http.Response.Headers.CacheControl = "no-store";
                    var shown = await mediator.Send(new ShowAction(null, new Acting.Holder(token)), stop);
                    return shown.Refusal is { } refused ? Problems.Of(refused) : Results.Ok(ActionDetail.Of(shown.Value!));
                }
            )
            .OpenTo(Visitor.Link)
            .WithName("ShowActionByLink")
            .WithTags("FollowUp")
            .Produces<ActionDetail>()
            .ProducesProblem(422);
    }
}

/// <param name="Open">The steps that this person may take now.</param>
/// <param name="Today">The local date of the organisation, by which late is late.</param>
/// <param name="LettersWait">A letter about it has failed to leave several times.</param>
/// <param name="NotAsked">It waits for somebody who cannot be written to: no address is known, or the account has ended.</param>
public sealed record ActionView(
    AgreedActionRow Row,
    ActionActor Actor,
    IReadOnlyList<EvidenceRow> Evidence,
    IReadOnlyList<ActionJournalRow> Journal,
    IReadOnlyList<ActionStepKind> Open,
    DateOnly Today,
    int DaysLate,
    int Escalation,
    bool LettersWait,
    bool NotAsked
);

internal sealed class ShowActionHandler(DialogueDb db, TimeProvider time, FollowUpPolicies policies)
    : IRequestHandler<ShowAction, Result<ActionView>>
{
    public async Task<Result<ActionView>> Handle(ShowAction request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await ActionOf.Find(db, request.Action, request.By, now, cancellationToken);
        if (found.Refusal is { } refusal)
            return refusal;
        var (row, actor) = found.Value!;
        db.Entry(row).State = EntityState.Detached;
        var evidence = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .Where(one => one.ActionId == row.Id)
            .OrderBy(one => one.JournalNumber)
            .ThenBy(one => one.Id)
            .ToListAsync(cancellationToken);
        var journal = await db.Set<ActionJournalRow>()
            .AsNoTracking()
            .Where(line => line.ActionId == row.Id)
            .OrderBy(line => line.Number)
            .ToListAsync(cancellationToken);
        var about = ActionLetters.About(row);
        var waits = await db.Set<OutboxRow>()
            .Stuck()
            .AnyAsync(
                letter => letter.About == about || db.Set<OutboxAboutRow>().Any(also => also.LetterId == letter.Id && also.About == about),
                cancellationToken
            );
        var notAsked = row.State switch
        {
            ActionState.Offered or ActionState.HandedOver => (await Reach.Read(db, [row], cancellationToken)).Owner(row) is null,
            ActionState.ReportedDone when row.VerifierName is not null => (await Reach.Read(db, [row], cancellationToken)).Verifier(row)
                is null,
            _ => false,
        };
        var policy = await policies.Of(db, row.OrganisationId, cancellationToken);
        var action = ActionChanges.Read(row);
        var today = LocalMoment.DateOf(now, ActionChanges.ZoneOf(row));
        return new ActionView(
            row,
            actor,
            evidence,
            journal,
            FollowUpRules.Open(action, actor),
            today,
            action.DaysLate(today),
            policy.EscalationLevel(action, today),
            waits,
            notAsked
        );
    }
}

/// <summary>An action for programs. Addresses of people are left out: a program that needs them asks the directory.</summary>
public sealed record ActionDetail(
    ActionSummary Action,
    string FirstStep,
    DateOnly FirstStepDate,
    string? IfThen,
    string EvidencePlan,
    string? Indicator,
    ActionEffect? Effect,
    Guid? Successor,
    int Version,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<ActionDetail.Line> Journal,
    IReadOnlyList<ActionStepKind> OpenSteps
)
{
    public sealed record Line(
        int Number,
        DateTimeOffset At,
        string Who,
        ActionRoles Role,
        ActionStepKind Step,
        ActionState Before,
        ActionState After,
        string? Reason
    );

    public static ActionDetail Of(ActionView view) =>
        new(
            ActionSummary.Of(view.Row, view.DaysLate, view.Escalation),
            view.Row.FirstStep,
            view.Row.FirstStepDate,
            view.Row.IfThen,
            view.Row.EvidencePlan,
            view.Row.Indicator,
            view.Row.Effect,
            view.Row.SuccessorId,
            view.Row.Version,
            [.. view.Evidence.Select(one => new Evidence(one.Kind, one.Text, one.Reference))],
            [
                .. view.Journal.Select(line => new Line(
                    line.Number,
                    line.At,
                    line.Who,
                    line.Role,
                    line.What,
                    line.Before,
                    line.After,
                    line.Reason
                )),
            ],
            view.Open
        );
}
