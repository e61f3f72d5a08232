using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// One process per database: a lock for the life of the process, on a file beside a SQLite database, or in SQL Server on a session of its
/// own. While it is held nobody else writes, and what is in memory is what the database says. <c>Storage:Lock=false</c> leaves it out;
/// several processes are then correct, since each append names the line it follows, but each decision first reads the end of the log.
/// </summary>
public sealed partial class DatabaseLock(IConfiguration configuration, ILogger<DatabaseLock> log) : IAsyncDisposable
{
    private const string Resource = "Dialogue";
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource ended = new();
    private FileStream? file;
    private DialogueDb? session;
    private volatile bool held;

    /// <summary>How long to wait for a process that is just ending.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No other process writes to this database.</summary>
    public bool SoleWriter => held;

    /// <summary>Waits a few seconds for a process that is just ending.</summary>
    /// <exception cref="StartRefused">Another process has the database.</exception>
    internal async Task Take(IDbContextFactory<DialogueDb> databases, string? sqlitePath, CancellationToken stop)
    {
        if (!configuration.GetValue("Storage:Lock", true))
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        if (sqlitePath is not null)
            await TakeFile(sqlitePath, patience.Token);
        else
        {
            session = await databases.CreateDbContextAsync(stop);
            if (!await TakeSession(Patience, stop))
                throw new StartRefused(
                    "Another process already works with this database in SQL Server. One installation is one process: "
                        + "stop the other one first."
                );
            _ = KeepSession();
        }
        held = true;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        held = false;
        if (file is not null)
            await file.DisposeAsync();
        if (session is not null)
            await session.DisposeAsync();
        ended.Dispose();
    }

    private async Task TakeFile(string path, CancellationToken patience)
    {
        while (true)
        {
            try
            {
                file = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                return;
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200), patience);
                }
                catch (OperationCanceledException)
                {
                    // One more try, which then tells.
                }
            }
            catch (IOException)
            {
                throw new StartRefused(
                    $"Another process already works with {path}. One database file is for one process: stop the other one, "
                        + "or give this one its own Storage:Path."
                );
            }
        }
    }

    private async Task<bool> TakeSession(TimeSpan wait, CancellationToken stop)
    {
        await session!.Database.OpenConnectionAsync(stop);
        await using var command = session.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            "DECLARE @answer int; EXEC @answer = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', "
            + "@LockOwner = 'Session', @LockTimeout = @wait; SELECT @answer;";
        command.CommandTimeout = (int)wait.TotalSeconds + 5;
        Add(command, "@name", Resource);
        Add(command, "@wait", (int)wait.TotalMilliseconds);
        return await command.ExecuteScalarAsync(stop) is >= 0;
    }

    /// <summary>When the session is lost, so is the lock: from then on each decision reads the end of the log, until it is taken
    /// again.</summary>
    private async Task KeepSession()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BetweenChecks, ended.Token);
                await using (var command = session!.Database.GetDbConnection().CreateCommand())
                {
                    command.CommandText = "SELECT APPLOCK_MODE('public', @name, 'Session')";
                    Add(command, "@name", Resource);
                    if (await command.ExecuteScalarAsync(ended.Token) is "Exclusive")
                        continue;
                }
                held = false;
                Lost(log);
                held = await TakeSession(TimeSpan.Zero, ended.Token);
            }
            catch (Exception e) when (e is DbException or InvalidOperationException)
            {
                held = false;
                Lost(log);
                await session!.Database.CloseConnectionAsync();
                try
                {
                    held = await TakeSession(TimeSpan.Zero, ended.Token);
                }
                catch (Exception again) when (again is DbException or InvalidOperationException or OperationCanceledException)
                {
                    // The next look tries again.
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The lock on the database was lost; another process could take it. It is asked for again."
    )]
    private static partial void Lost(ILogger log);
}

/// <summary>The program cannot run like this, and the message says in one sentence what to do about it.</summary>
public sealed class StartRefused(string message) : Exception(message);
