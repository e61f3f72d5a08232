using Dialogue.Activities;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Refuses a database that was filled by a version from before the first release, whose logs this version cannot read (ADR 0009): with one
/// sentence that says what to do, instead of an error at the first dialogue that somebody opens.
/// </summary>
public static class EarlierLogs
{
    /// <exception cref="StartRefused">The database holds dialogues of an earlier trial version.</exception>
    public static async Task RefuseEarlierLogs(this WebApplication app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<DialogueDb>>().CreateDbContextAsync();
        // The oldest dialogue is of the oldest version that wrote here, and its first line is that it was prepared.
        var oldest = await db.Set<DialogueRow>()
            .AsNoTracking()
            .OrderBy(row => row.PreparedAt)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync();
        if (oldest is not { } dialogue)
            return;
        var first = await db.Set<EventRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue && row.Sequence == 1)
            .Select(row => row.Json)
            .FirstOrDefaultAsync();
        if (first is not null && !CanBeRead(first))
            throw new StartRefused(
                "This database was filled by a trial version from before the first release, and this version cannot read its dialogues. "
                    + "Start with an empty one: move the file of Storage:Path away, or set that to a new file."
            );
    }

    /// <summary>Whether the first line of a log was written by this version.</summary>
    public static bool CanBeRead(string json) =>
        json.StartsWith($"{{\"$type\":\"{ActivityCatalogue.Events[typeof(DialoguePrepared)].Name}\"", StringComparison.Ordinal);
}
