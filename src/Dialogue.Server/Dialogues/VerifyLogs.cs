using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// <c>dotnet Dialogue.Server.dll verify</c>: reads the whole database without changing it, checks the file and the chain of every log, and
/// says what is wrong. Ends with 0 when all is whole and with 1 otherwise. May run beside a running server.
/// </summary>
public static class VerifyLogs
{
    public static async Task<int> Verify(this WebApplication app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<DialogueDb>>().CreateDbContextAsync();
        var faults = 0;
        if (db.Database.IsSqlite())
            foreach (var fault in await DatabaseStart.Faults(db, CancellationToken.None))
            {
                faults++;
                await Console.Out.WriteLineAsync($"file: {fault}");
            }
        var reader = app.Services.GetRequiredService<LogReader>();
        var dialogues = await db.Set<EventRow>().Select(row => row.DialogueId).Distinct().ToListAsync();
        foreach (var dialogue in dialogues.Select(id => new DialogueId(id)))
        {
            var tail = await reader.Read(dialogue, 0, HashChain.Start, CancellationToken.None);
            if (tail.DamagedAt is not { } at)
                continue;
            faults++;
            await Console.Out.WriteLineAsync($"dialogue {dialogue}: damaged at number {at}");
        }
        await Console.Out.WriteLineAsync($"{dialogues.Count} dialogues checked, {faults} faults");
        return faults == 0 ? 0 : 1;
    }
}
