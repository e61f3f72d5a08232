using MediatR;

namespace Dialogue.Dialogues;

// Temporary: the shapes of the use cases of the core. To be replaced, record by record, by the files that hold their handlers.

public sealed record PerformAsOrganiser(DialogueId Dialogue, DialogueCommand Command) : IRequest<Answer>;

public sealed record PrepareFromTemplate(Guid CaseId, string Template, string Title, string Language) : IRequest<Result<DialogueId>>;

public sealed record OpenTheLobby(DialogueId Dialogue, string? OverrideReason) : IRequest<Result<Invitation>>;

public sealed record Invitation(string Code, string Address, string QrSvg);

public sealed record DialogueCard(
    DialogueId Id, Guid CaseId, string Title, string Template, Stage Stage, string? Code, DateTimeOffset PreparedAt, DateTimeOffset? ClosedAt, string Facilitator);

public sealed record ListDialogues : IRequest<IReadOnlyList<DialogueCard>>;

public sealed record ReadDialogue(DialogueId Dialogue) : IRequest<Result<DialogueReading>>;

public sealed record DialogueReading(DialogueCard Card, DialogueState State, int Number, Invitation? Invitation);

public sealed record FindByCode(string Code) : IRequest<Result<DialogueReading>>;

public sealed record JoinDialogue(string Code, string Name, string Perspective, string Language) : IRequest<Result<Joined>>;

public sealed record Joined(DialogueId Dialogue, SeatId Seat, string Token);
