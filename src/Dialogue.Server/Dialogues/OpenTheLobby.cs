using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>Opens the doors: from now on there is a code and an address.</summary>
public sealed record OpenTheLobby(DialogueId Dialogue, string? OverrideReason) : IRequest<Result<Invitation>>;

/// <param name="Code">In threes, such as K7M-2QD-9XW.</param>
public sealed record Invitation(string Code, string Address)
{
    public static Invitation For(string bareCode, Doors doors)
    {
        var code = JoinCode.Shown(bareCode);
        return new Invitation(code, doors.AddressOf(code));
    }
}

internal sealed class OpenTheLobbyHandler(IMediator mediator, IDbContextFactory<DialogueDb> databases, Doors doors)
    : IRequestHandler<OpenTheLobby, Result<Invitation>>
{
    public async Task<Result<Invitation>> Handle(OpenTheLobby ask, CancellationToken cancellationToken)
    {
        if (
            await mediator.Send(new PerformAsOrganiser(ask.Dialogue, new OpenLobby(ask.OverrideReason)), cancellationToken)
            is Answer.Refused { Code: not RefusalCode.NotInThisStage } refused
        )
            return refused;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<DialogueRow>().FirstOrDefaultAsync(row => row.Id == ask.Dialogue.Value, cancellationToken) is not { } row)
            return RefusalCode.NoSuchDialogue;
        if (row.Stage is Stage.Closed)
            return RefusalCode.CodeEnded;
        // Thirty to the ninth: a clash is for the unique index to refuse, and then to try again.
        for (var attempt = 0; row.Code is null && attempt < 3; attempt++)
        {
            var code = JoinCode.New();
            try
            {
                await db.Set<DialogueRow>()
                    .Where(one => one.Id == row.Id && one.Code == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.Code, code), cancellationToken);
                row.Code = await db.Set<DialogueRow>().Where(one => one.Id == row.Id).Select(one => one.Code).FirstAsync(cancellationToken);
            }
            catch (Exception e) when (UniqueViolation.Is(e)) { }
        }
        return row.Code is null ? RefusalCode.Busy : Invitation.For(row.Code, doors);
    }
}
