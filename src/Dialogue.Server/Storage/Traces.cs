using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// What was erased from a table of SQLite still lies in the log ahead of the database, in the order in which it was written and next to
/// what was written just before and after: enough to tell whose it was. Emptying that log takes it away; in the file itself
/// <c>secure_delete</c> overwrites it. SQL Server keeps its own log, and cutting that is the work of its administrators.
/// </summary>
internal static class Traces
{
    /// <returns>False when somebody is still reading what lies there: try again later. Does not wait.</returns>
    public static async Task<bool> Wipe(DialogueDb db, CancellationToken stop)
    {
        if (!db.Database.IsSqlite())
            return true;
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return await command.ExecuteScalarAsync(stop) is 0L;
        }
        catch (DbException)
        {
            return false;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
