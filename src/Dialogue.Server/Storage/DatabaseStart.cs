using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// Brings the database to this version of the program before the first request, and keeps other processes away from it
/// (<see cref="DatabaseLock"/>). A node may be killed half-way: a left-over migration lock is removed, a copy of an existing database is
/// made before it is changed, and a migration that takes longer than a minute stops the start. A damaged file starts all the same, with a
/// critical line in the log: most of it can still be read.
/// </summary>
public static partial class DatabaseStart
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Version OldestSqlite = new(3, 51, 3);

    /// <exception cref="StartRefused">The database cannot be used like this.</exception>
    public static async Task StartDatabase(this WebApplication app)
    {
        using var limit = new CancellationTokenSource(Limit, app.Services.GetRequiredService<TimeProvider>());
        var stop = limit.Token;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseStart));
        var databases = app.Services.GetRequiredService<IDbContextFactory<DialogueDb>>();
        var only = app.Services.GetRequiredService<DatabaseLock>();
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.SetCommandTimeout(Limit);

        if (!db.Database.IsSqlite())
        {
            await db.Database.MigrateAsync(stop);
            await SqlServerSettings.CheckDatabase(db, stop);
            await only.Take(databases, sqlitePath: null, stop);
            foreach (var work in app.Services.GetServices<IAfterMigration>())
                await work.Run(db, CancellationToken.None);
            return;
        }

        var path = StorageSetup.SqlitePath(app.Services);
        KeepPrivate(path);
        await only.Take(databases, path, stop);
        await CheckSqliteVersion(db, stop);
        if (File.Exists(path))
        {
            // Reading a large file takes its time; the minute is for what comes after.
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            await QuickCheck(db, log, CancellationToken.None);
            limit.CancelAfter(Limit);
            await RemoveStaleMigrationLock(db, log, stop);
            await CopyBeforeMigration(db, path, log, stop);
        }

        await db.Database.MigrateAsync(stop);
        KeepPrivate(path);
        foreach (var work in app.Services.GetServices<IAfterMigration>())
            await work.Run(db, CancellationToken.None);
        // Whoever was here before may have been killed between erasing something and wiping its traces.
        await Traces.Wipe(db, CancellationToken.None);
    }

    /// <summary>
    /// The database is for the account under which the program runs and for nobody else on the machine. The files of its log and of its
    /// index get the rights of the database from SQLite; those that were there before are set here.
    /// </summary>
    private static void KeepPrivate(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return;
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            if (File.Exists(file))
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>What SQLite itself finds wrong with its file; empty when all is well.</summary>
    internal static async Task<IReadOnlyList<string>> Faults(DialogueDb db, CancellationToken stop)
    {
        try
        {
            var found = await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(stop);
            return found is ["ok"] ? [] : found;
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            return [e.Message];
        }
    }

    private static async Task QuickCheck(DialogueDb db, ILogger log, CancellationToken stop)
    {
        foreach (var fault in (await Faults(db, stop)).Take(10))
            Damaged(log, fault);
    }

    private static async Task CheckSqliteVersion(DialogueDb db, CancellationToken stop)
    {
        var version = Version.Parse((await db.Database.SqlQuery<string>($"SELECT sqlite_version() AS Value").ToListAsync(stop))[0]);
        if (version < OldestSqlite)
        {
            throw new InvalidOperationException(
                $"SQLite {version} is older than {OldestSqlite}, which has the last known repair of the write-ahead log."
            );
        }
    }

    private static async Task RemoveStaleMigrationLock(DialogueDb db, ILogger log, CancellationToken stop)
    {
        // We hold the file lock, so whoever left this row behind is no longer running.
        if (
            await Exists(db, "__EFMigrationsLock", stop)
            && (await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM __EFMigrationsLock").ToListAsync(stop))[0] > 0
        )
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", stop);
            StaleLock(log);
        }
    }

    private static async Task CopyBeforeMigration(DialogueDb db, string path, ILogger log, CancellationToken stop)
    {
        if (!await Exists(db, "__EFMigrationsHistory", stop))
        {
            return;
        }

        var next = (await db.Database.GetPendingMigrationsAsync(stop)).FirstOrDefault();
        if (next is null)
        {
            return;
        }

        var copy = $"{path}.before-{next}";
        if (!File.Exists(copy))
        {
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", stop);
            Copied(log, copy);
        }
    }

    private static async Task<bool> Exists(DialogueDb db, string table, CancellationToken stop) =>
        (
            await db
                .Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = {table}")
                .ToListAsync(stop)
        )[0] > 0;

    [LoggerMessage(Level = LogLevel.Critical, Message = "The database file is damaged: {Fault}. Put back a backup; see docs/operating.md.")]
    private static partial void Damaged(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A migration lock was left behind by a start that did not finish; it is removed.")]
    private static partial void StaleLock(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was copied to {Copy} before it is migrated.")]
    private static partial void Copied(ILogger log, string copy);
}
