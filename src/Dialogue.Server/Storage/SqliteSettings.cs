using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dialogue.Storage;

/// <summary>
/// What every SQLite connection must promise: a commit is on the disk before anybody hears "accepted"
/// (<c>synchronous=FULL</c>), what is erased is really gone (<c>secure_delete</c>), and readers never wait for the writer (WAL).
/// Foreign keys and the time to wait for a lock are in the connection string.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    public static readonly SqliteSettings Instance = new();

    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
