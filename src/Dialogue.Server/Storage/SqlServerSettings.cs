using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dialogue.Storage;

/// <summary>
/// What every session of SQL Server must promise, whatever the server or the login has as its default: rows affected are counted, and one
/// statement that fails does not end the transaction of its neighbours. And what a connection does when the administrator said nothing of
/// it: it fails soon, so that people hear "busy" and try again instead of waiting for half a minute.
/// </summary>
internal sealed class SqlServerSettings : DbConnectionInterceptor
{
    public static readonly SqlServerSettings Instance = new();
    private const string Session = "SET NOCOUNT OFF; SET XACT_ABORT OFF;";

    private static readonly (string Keyword, object Value)[] Defaults =
    [
        ("Pool Blocking Period", PoolBlockingPeriod.NeverBlock),
        ("Connect Timeout", 5),
        ("Command Timeout", 5),
        ("Connect Retry Count", 0),
    ];

    /// <exception cref="StartRefused">The connection string asks for what cannot work.</exception>
    public static string ConnectionString(string given)
    {
        var settings = new SqlConnectionStringBuilder(given);
        if (settings.MultipleActiveResultSets)
            throw new StartRefused(
                "ConnectionStrings:Dialogue has MultipleActiveResultSets=True. With it a transaction has no savepoints: take it out."
            );
        foreach (var (keyword, value) in Defaults)
            if (!settings.ShouldSerialize(keyword))
                settings[keyword] = value;
        return settings.ConnectionString;
    }

    /// <exception cref="StartRefused">Readers would wait for writers.</exception>
    public static async Task CheckDatabase(DialogueDb db, CancellationToken stop)
    {
        var on = await db
            .Database.SqlQuery<bool>($"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE name = DB_NAME()")
            .ToListAsync(stop);
        if (on is [false])
            throw new StartRefused(
                "READ_COMMITTED_SNAPSHOT is off in this database, so readers would wait for writers. Turn it on once: "
                    + "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE."
            );
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Session;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Session;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
