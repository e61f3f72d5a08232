using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>The code and the address of a dialogue, and to whom it belongs.</summary>
public sealed record Door(DialogueId Dialogue, Guid OrganisationId, string Code, string Address);

/// <summary>Where people come in.</summary>
public sealed class Doors(IDbContextFactory<DialogueDb> databases, IConfiguration configuration)
{
    /// <summary>How the world reaches this installation, for links in mails and on screens: <c>PublicAddress</c>.</summary>
    public string PublicAddress { get; } = (configuration["PublicAddress"] ?? "http://localhost:5080").TrimEnd('/');

    public string AddressOf(string code) => $"{PublicAddress}/meedoen/{code}";

    /// <summary>Of an open room: a code never changes once it is given, so what was found is kept with the room.</summary>
    internal async ValueTask<Door> Of(LiveRoom room)
    {
        if (room.Door is { } known)
            return known;
        var door = await Of(room.Id);
        if (door.Code.Length > 0)
            room.Door = door;
        return door;
    }

    /// <summary>The dialogue behind a code, or null; nobody is counted as having tried it.</summary>
    public async Task<DialogueId?> Behind(string? typed, CancellationToken stop)
    {
        var code = JoinCode.Normalise(typed);
        if (!JoinCode.IsWellFormed(code))
            return null;
        await using var db = await databases.CreateDbContextAsync(stop);
        return
            await db.Set<DialogueRow>().AsNoTracking().Where(row => row.Code == code).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(stop)
                is { } id
            ? new DialogueId(id)
            : null;
    }

    public async Task<Door> Of(DialogueId dialogue)
    {
        await using var db = await databases.CreateDbContextAsync();
        var row = await db.Set<DialogueRow>()
            .AsNoTracking()
            .Where(row => row.Id == dialogue.Value)
            .Select(row => new { row.Code, row.OrganisationId })
            .FirstOrDefaultAsync();
        var code = row?.Code is { } bare ? JoinCode.Shown(bare) : "";
        return new Door(dialogue, row?.OrganisationId ?? Guid.Empty, code, AddressOf(code));
    }
}
