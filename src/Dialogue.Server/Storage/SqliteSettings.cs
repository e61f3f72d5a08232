using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
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

    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    /// <summary>The settings stay with a handle for as long as the pool keeps it open, so they are given once.</summary>
    private static readonly ConditionalWeakTable<object, object> Done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (Settled(connection))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        Settle(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (Settled(connection))
            return;
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Settle(connection);
    }

    private static bool Settled(DbConnection connection) =>
        ((SqliteConnection)connection).Handle is { } handle && Done.TryGetValue(handle, out _);

    private static void Settle(DbConnection connection) => Done.AddOrUpdate(((SqliteConnection)connection).Handle!, connection.GetType());
}
