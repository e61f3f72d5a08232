using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

public sealed record DialogueCard(
    DialogueId Id,
    Guid CaseId,
    string Title,
    string Template,
    Stage Stage,
    string? Code,
    DateTimeOffset PreparedAt,
    DateTimeOffset? ClosedAt,
    string Facilitator
)
{
    internal static DialogueCard Of(DialogueRow row) =>
        new(
            new DialogueId(row.Id),
            row.CaseId,
            row.Title,
            row.Template,
            row.Stage,
            row.Code is null ? null : JoinCode.Shown(row.Code),
            row.PreparedAt,
            row.ClosedAt,
            row.Facilitator
        );
}

/// <summary>A dialogue as its organisation may read it.</summary>
public sealed record DialogueReading(DialogueCard Card, DialogueState State, int Number, Invitation? Invitation);

/// <summary>The dialogues of the organisation of whoever is signed in, newest first.</summary>
public sealed record ListDialogues : IRequest<IReadOnlyList<DialogueCard>>;

public sealed record ReadDialogue(DialogueId Dialogue) : IRequest<Result<DialogueReading>>;

/// <summary>Staff act on a dialogue of their organisation, without a seat: intake, opening.</summary>
public sealed record PerformAsOrganiser(DialogueId Dialogue, DialogueCommand Command) : IRequest<Answer>;

internal sealed class ListDialoguesHandler(IDbContextFactory<DialogueDb> databases, ICurrentStaff staff)
    : IRequestHandler<ListDialogues, IReadOnlyList<DialogueCard>>
{
    public async Task<IReadOnlyList<DialogueCard>> Handle(ListDialogues request, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<DialogueRow>()
            .AsNoTracking()
            .Where(row => row.OrganisationId == member.OrganisationId)
            .OrderByDescending(row => row.PreparedAt)
            .Take(200)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(DialogueCard.Of)];
    }
}

internal sealed class ReadDialogueHandler(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    Doors doors,
    ICurrentStaff staff
) : IRequestHandler<ReadDialogue, Result<DialogueReading>>
{
    public async Task<Result<DialogueReading>> Handle(ReadDialogue ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member)
            return RefusalCode.NotAllowed;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<DialogueRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == ask.Dialogue.Value && one.OrganisationId == member.OrganisationId, cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchDialogue;
        var snapshot = await dialogues.Read(ask.Dialogue, stop: cancellationToken);
        return new DialogueReading(
            DialogueCard.Of(row),
            snapshot.State,
            snapshot.Number,
            row.Code is null ? null : Invitation.For(row.Code, doors)
        );
    }
}

internal sealed class PerformAsOrganiserHandler(IDbContextFactory<DialogueDb> databases, LiveDialogues dialogues, ICurrentStaff staff)
    : IRequestHandler<PerformAsOrganiser, Answer>
{
    public async Task<Answer> Handle(PerformAsOrganiser ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !member.Is(StaffRole.Facilitator))
            return new Answer.Refused(RefusalCode.NotAllowed);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ours = await db.Set<DialogueRow>()
            .AnyAsync(row => row.Id == ask.Dialogue.Value && row.OrganisationId == member.OrganisationId, cancellationToken);
        return ours
            ? await dialogues.Perform(ask.Dialogue, id: null, ask.Command, seat: null, Role.Organiser)
            : new Answer.Refused(RefusalCode.NoSuchDialogue);
    }
}
