using Dialogue.Access;
using Dialogue.Dialogues;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Outcomes;

/// <summary>The outcome of a closed dialogue, for staff by its level and for whoever took part and was not removed.</summary>
public sealed record ReadOutcome(DialogueId Dialogue) : IRequest<Result<OutcomeReport>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/dialogues/{dialogue}/outcome",
                async (DialogueId dialogue, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ReadOutcome(dialogue), stop)) is var read && read.Refusal is { } refused
                        ? Problems.Of(refused)
                        : Results.Json(read.Value, OutcomeJson.Options)
            )
            .OpenTo(Visitor.Seat)
            .WithName("ReadOutcome")
            .WithTags("Outcomes")
            .Produces<OutcomeReport>()
            .ProducesProblem(404)
            .ProducesProblem(422);
}

/// <param name="TimeZone">IANA name of the zone of the organisation: dates are dates there, and moments are read there.</param>
/// <param name="Records">The record of the case, in the order of the report.</param>
/// <param name="Evaluation">What people thought of the conversation, as totals: no part of the case.</param>
/// <param name="Acts">What guides did, in order.</param>
/// <param name="MayReadEvaluation">For guides of this dialogue; for all others <paramref name="Evaluation"/> is empty.</param>
public sealed record OutcomeReport(
    Guid Dialogue,
    Guid Case,
    string Title,
    DateTimeOffset ClosedAt,
    string TimeZone,
    int Version,
    OutcomeHead Head,
    IReadOnlyList<OutcomeRecord> Records,
    IReadOnlyList<OutcomeRecord> Evaluation,
    IReadOnlyList<GuideAct> Acts,
    bool MayReadEvaluation
)
{
    public IEnumerable<OutcomeRecord> Of(params OutcomeKind[] kinds) => Records.Where(record => kinds.Contains(record.Kind));

    public OutcomeRecord? Find(Guid id) => Records.FirstOrDefault(record => record.Id == id);

    /// <summary>What rests on a record.</summary>
    public IEnumerable<OutcomeRecord> LedTo(OutcomeRecord record, params string[] linkKinds) =>
        Records.Where(other => other.Links.Any(link => link.To == record.Id && linkKinds.Contains(link.Kind)));
}

/// <param name="Local">Its name within the dialogue, for addresses.</param>
public sealed record OutcomeRecord(
    Guid Id,
    string Local,
    OutcomeKind Kind,
    int? Number,
    string Text,
    string? Perspective,
    string? Bucket,
    WooClass WooClass,
    RetentionClass RetentionClass,
    RecordDetail Detail,
    IReadOnlyList<OutcomeLink> Links
);

public sealed record OutcomeLink(Guid To, string Kind);

public sealed record GuideAct(int Sequence, string Kind, DateTimeOffset At, string? About, string? AboutEnglish, string? Reason);

internal sealed partial class ReadOutcomeHandler(
    DialogueDb db,
    ICurrentStaff current,
    Seats seats,
    LiveDialogues live,
    IHttpContextAccessor http,
    TimeProvider time,
    ILogger<ReadOutcomeHandler> log
) : IRequestHandler<ReadOutcome, Result<OutcomeReport>>
{
    public async Task<Result<OutcomeReport>> Handle(ReadOutcome request, CancellationToken cancellationToken)
    {
        var id = request.Dialogue.Value;
        var card = await db.Set<DialogueRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (card is null || !await MayRead(request.Dialogue, cancellationToken))
            return RefusalCode.NoSuchDialogue;
        var head = await db.Set<OutcomeRow>().AsNoTracking().SingleOrDefaultAsync(row => row.DialogueId == id, cancellationToken);
        if (head is null)
            return RefusalCode.NotInThisStage;
        await Trace(card, cancellationToken);

        var zone = await db.Set<OrganisationRow>()
            .Where(row => row.Id == card.OrganisationId)
            .Select(row => row.TimeZone)
            .SingleOrDefaultAsync(cancellationToken);
        var links = (
            await db.Set<OutcomeLinkRow>().AsNoTracking().Where(row => row.DialogueId == id).ToListAsync(cancellationToken)
        ).ToLookup(row => row.From, row => new OutcomeLink(row.To, row.Kind));
        var people = (await OutcomePeople.Read(db, [id], cancellationToken)).GetValueOrDefault(id) ?? new OutcomePeople();
        var records = (
            await db.Set<OutcomeRecordRow>()
                .AsNoTracking()
                .Where(row => row.DialogueId == id)
                .OrderBy(row => row.Place)
                .ToListAsync(cancellationToken)
        ).ConvertAll(row => new OutcomeRecord(
            row.Id,
            row.Local,
            row.Kind,
            row.Number,
            row.Text,
            row.Perspective,
            row.Bucket,
            row.WooClass,
            row.RetentionClass,
            people.Join(row, OutcomeJson.Read<RecordDetail>(row.Detail)),
            [.. links[row.Id]]
        ));
        var acts = await db.Set<GuideActRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == id)
            .OrderBy(row => row.Sequence)
            .Select(row => new GuideAct(row.Sequence, row.Kind, row.At, row.About, row.AboutEnglish, row.Reason))
            .ToListAsync(cancellationToken);
        var guides = await Guides(request.Dialogue, cancellationToken);
        return new OutcomeReport(
            id,
            head.CaseId,
            head.Title,
            head.ClosedAt,
            zone ?? Zones.Fallback,
            head.Version,
            people.Join(OutcomeJson.Read<OutcomeHead>(head.Head)),
            records.FindAll(record => record.Kind != OutcomeKind.Evaluation),
            guides ? records.FindAll(record => record.Kind == OutcomeKind.Evaluation) : [],
            acts,
            guides
        );
    }

    /// <summary>
    /// The trail of an organisation says who opened the outcome of a dialogue that not everybody may read; once a day for each person. That
    /// nothing can be written stops nobody from reading.
    /// </summary>
    private async Task Trace(DialogueRow card, CancellationToken stop)
    {
        if (card.Level is not (DialogueLevel.Team or DialogueLevel.Unit) || await current.Get(stop) is not { } staff)
            return;
        var now = time.GetUtcNow();
        var subject = new AuditSubject("outcome", card.Id);
        var known = await Audit.IsThere(db, card.OrganisationId, staff.AccountId, AuditAct.Opened, subject, now.AddDays(-1), stop);
        if (known)
            return;
        Audit.Record(db, card.OrganisationId, staff.AccountId, AuditAct.Opened, subject, now, card.Level.ToString());
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException problem)
        {
            db.ChangeTracker.Clear();
            NotTraced(log, card.Id, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The trail could not be written: the outcome of dialogue {Dialogue} was opened.")]
    private static partial void NotTraced(ILogger log, Guid dialogue, Exception problem);

    /// <summary>Whoever guided this dialogue, by seat.</summary>
    private async Task<bool> Guides(DialogueId dialogue, CancellationToken stop) =>
        http.HttpContext is { } context
        && await seats.Of(context, dialogue, await current.Get(stop), stop) is { } seat
        && (await live.Read(dialogue, stop: stop)).State.Seat(seat) is { Role: Role.Facilitator or Role.CoFacilitator };

    private async Task<bool> MayRead(DialogueId dialogue, CancellationToken stop) =>
        await current.Get(stop) is var staff
        && (
            (staff is not null && await db.MaySeeDialogue(staff, dialogue, stop))
            || (http.HttpContext is { } context && await seats.TookPart(context, dialogue, staff, stop))
        );
}
