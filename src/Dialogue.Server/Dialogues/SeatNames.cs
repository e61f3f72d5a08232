using System.Collections.Immutable;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// The names by which people take part. They are not in the log: a dialogue that is opened reads them once, and again when its log was
/// added to elsewhere.
/// </summary>
public sealed class SeatNames(IDbContextFactory<DialogueDb> databases)
{
    /// <summary>The events that come with a change of names.</summary>
    public static bool ChangeWith(DialogueEvent happened) => happened is SeatTaken or SeatRenamed;

    public async Task<ImmutableDictionary<SeatId, string>> Of(DialogueId dialogue, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await db.Set<SeatNameRow>().AsNoTracking().Where(row => row.DialogueId == dialogue.Value).ToListAsync(stop);
        return rows.ToImmutableDictionary(row => new SeatId(row.Seat), row => row.Name);
    }
}

/// <summary>Writes names to their own table, in the transaction of the log.</summary>
internal sealed class KeepNames : IWhenAppended
{
    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        foreach (var told in appended.Told.OfType<NameTold>())
        {
            var row = await db.Set<SeatNameRow>().FindAsync([appended.Dialogue.Value, told.Seat.Value], stop);
            if (told.Name is null)
            {
                if (row is not null)
                    db.Remove(row);
            }
            else if (row is not null)
                row.Name = told.Name;
            else
                db.Add(
                    new SeatNameRow
                    {
                        DialogueId = appended.Dialogue.Value,
                        Seat = told.Seat.Value,
                        Name = told.Name,
                    }
                );
        }
    }
}
