using Dialogue.Access;
using Dialogue.Operations;
using MediatR;

namespace Dialogue.Dialogues.Pages;

/// <summary>Preparing and joining for programs: the same requests as the pages send.</summary>
public static class PreparingApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var dialogues = app.MapGroup("/api/v1/dialogues")
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithTags("Dialogues")
            .ProducesProblem(401);

        dialogues
            .MapGet("", async (IMediator mediator, CancellationToken stop) => await mediator.Send(new ListDialogues(), stop))
            .WithName("ListDialogues");

        dialogues
            .MapGet(
                "/{dialogue}",
                async (DialogueId dialogue, IMediator mediator, CancellationToken stop) =>
                    await mediator.Send(new ReadDialogue(dialogue), stop) is { Value: { } reading }
                        ? Results.Ok(DialogueReply.Of(reading))
                        : Problems.Of(new Answer.Refused(RefusalCode.NoSuchDialogue))
            )
            .WithName("ReadDialogue")
            .Produces<DialogueReply>()
            .ProducesProblem(404);

        dialogues
            .MapPost(
                "",
                async (Preparing wish, IMediator mediator, CancellationToken stop) =>
                {
                    var made = await mediator.Send(new PrepareFromTemplate(wish.CaseId, wish.Template, wish.Title, wish.Language), stop);
                    return made.Refusal is { } refused ? Problems.Of(refused) : Results.Ok(new Prepared(made.Value));
                }
            )
            .WithName("PrepareDialogue")
            .Produces<Prepared>()
            .ProducesProblem(422);

        dialogues
            .MapPost(
                "/{dialogue}/intake",
                async (DialogueId dialogue, Intake intake, IMediator mediator, CancellationToken stop) =>
                    await mediator.Send(new PerformAsOrganiser(dialogue, new RecordIntake(intake)), stop) is Answer.Refused refused
                        ? Problems.Of(refused)
                        : Results.Ok(new IntakeReply(DialogueRules.Lacking(intake)))
            )
            .WithName("RecordIntake")
            .Produces<IntakeReply>()
            .ProducesProblem(404);

        ReadMaterial.Map(app);
        KeepMaterial.Map(app);

        dialogues
            .MapPost(
                "/{dialogue}/open",
                async (DialogueId dialogue, Opening? wish, IMediator mediator, CancellationToken stop) =>
                {
                    var opened = await mediator.Send(new OpenTheLobby(dialogue, wish?.OverrideReason), stop);
                    return opened.Refusal is { } refused
                        ? Problems.Of(refused)
                        : Results.Ok(new OpenReply(opened.Value!.Code, opened.Value.Address));
                }
            )
            .WithName("OpenTheLobby")
            .Produces<OpenReply>()
            .ProducesProblem(422);

        app.MapPost(
                "/api/v1/join",
                async (JoinDialogue wish, IMediator mediator, CancellationToken stop) => (await mediator.Send(wish, stop)).Reply()
            )
            .OpenTo(Visitor.Code)
            .WithName("JoinDialogue")
            .WithTags("Dialogues")
            .Produces<Joined>()
            .ProducesProblem(404)
            .ProducesProblem(429);
    }

    public sealed record Preparing(Guid CaseId, string Template, string Title, string Language = "nl");

    public sealed record Prepared(DialogueId Id);

    public sealed record Opening(string? OverrideReason = null);

    public sealed record OpenReply(string Code, string Address);

    /// <param name="Lacking">What must still be filled in before the door can open without a reason.</param>
    public sealed record IntakeReply(IReadOnlyList<string> Lacking);

    public sealed record DialogueReply(
        DialogueId Id,
        Guid CaseId,
        string Title,
        string Template,
        Stage Stage,
        string? Code,
        string? Address,
        int Number,
        DateTimeOffset PreparedAt,
        DateTimeOffset? ClosedAt,
        string Language,
        string? CurrentPhase,
        IReadOnlyList<PhaseReply> Phases,
        IReadOnlyList<string> Lacking
    )
    {
        internal static DialogueReply Of(DialogueReading reading) =>
            new(
                reading.Card.Id,
                reading.Card.CaseId,
                reading.Card.Title,
                reading.Card.Template,
                reading.Card.Stage,
                reading.Invitation?.Code,
                reading.Invitation?.Address,
                reading.Number,
                reading.Card.PreparedAt,
                reading.Card.ClosedAt,
                reading.State.Language,
                reading.State.CurrentPhase?.Id.Value,
                [
                    .. reading.State.Phases.Select(phase => new PhaseReply(
                        phase.Id.Value,
                        phase.Template.Activity,
                        phase.Template.Minutes,
                        phase.Status
                    )),
                ],
                DialogueRules.Lacking(reading.State.Intake)
            );
    }

    public sealed record PhaseReply(string Key, string Activity, int Minutes, PhaseStatus Status);
}
