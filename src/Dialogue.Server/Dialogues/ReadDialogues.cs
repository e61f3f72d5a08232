using Dialogue.Access;
using Dialogue.Organisations;
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
    string Facilitator,
    DialogueLevel Level = DialogueLevel.Organisation
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
            row.Facilitator,
            row.Level
        );

    /// <summary>The card as it is for whoever is not in the team: without the code that opens the door.</summary>
    internal DialogueCard WithoutCode => this with { Code = null };
}

/// <summary>A dialogue as its organisation may read it.</summary>
/// <param name="TeamMember">Whoever reads it is in the team; only then the code and the invitation are there.</param>
public sealed record DialogueReading(DialogueCard Card, DialogueState State, int Number, Invitation? Invitation, bool TeamMember = false);

/// <summary>The dialogues of the organisation of whoever is signed in, newest first.</summary>
public sealed record ListDialogues : IRequest<IReadOnlyList<DialogueCard>>;

public sealed record ReadDialogue(DialogueId Dialogue) : IRequest<Result<DialogueReading>>;

/// <summary>The team of a dialogue acts on it without a seat: intake, opening.</summary>
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
            .VisibleTo(db, member)
            .OrderByDescending(row => row.PreparedAt)
            .Take(200)
            .ToListAsync(cancellationToken);
        var mine = await db.Set<DialogueTeamRow>()
            .Where(team => team.AccountId == member.AccountId)
            .Select(team => team.DialogueId)
            .ToHashSetAsync(cancellationToken);
        return [.. rows.Select(row => mine.Contains(row.Id) ? DialogueCard.Of(row) : DialogueCard.Of(row).WithoutCode)];
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
            .Where(one => one.Id == ask.Dialogue.Value)
            .VisibleTo(db, member)
            .FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return RefusalCode.NoSuchDialogue;
        var snapshot = await dialogues.Read(ask.Dialogue, stop: cancellationToken);
        var inTeam = await db.InTeam(member, ask.Dialogue, cancellationToken);
        return new DialogueReading(
            inTeam ? DialogueCard.Of(row) : DialogueCard.Of(row).WithoutCode,
            snapshot.State,
            snapshot.Number,
            row.Code is null || !inTeam ? null : Invitation.For(row.Code, doors),
            inTeam
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
        return await db.InTeam(member, ask.Dialogue, cancellationToken)
            ? await dialogues.Perform(ask.Dialogue, id: null, ask.Command, seat: null, Role.Organiser)
            : new Answer.Refused(RefusalCode.NoSuchDialogue);
    }
}
