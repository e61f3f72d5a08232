using System.Data.Common;
using System.Threading.Channels;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dialogue.Dialogues;

/// <summary>How an append ended.</summary>
public enum AppendOutcome
{
    /// <summary>Committed.</summary>
    Landed,

    /// <summary>It was decided on an append that fell, and was not sent to the database: decide again.</summary>
    Superseded,

    /// <summary>Its command was accepted before: the receipt has the answer.</summary>
    Repeated,

    /// <summary>Somebody put something in the box after it was read: read and decide again.</summary>
    BoxChanged,

    /// <summary>One of its further rows is there already, such as a seat with the same token: decide again.</summary>
    Collided,

    /// <summary>The log no longer ends where this append begins: another process writes too. Read the tail and decide again.</summary>
    Overtaken,

    /// <summary>Its own rows could not be written: a fault of the program. Nothing of it is stored.</summary>
    Failed,

    /// <summary>The commit failed or may have failed: the sender asks again with the same id, and the receipt tells.</summary>
    Unknown,
}

/// <summary>What one command adds: lines on top of a snapshot, the receipt, and rows of the same moment.</summary>
/// <param name="Base">What it was decided on. Its number and its head must still be the end of the log when the append lands.</param>
/// <param name="Lines">The events as they are stored; one for each of <see cref="Appended.Events"/>.</param>
/// <param name="Receipt">Null for a command without an id.</param>
/// <param name="Box">The sealed box that this append opens, as it was read for the decision.</param>
/// <param name="With">Further rows of the same use case, such as a seat in the roster.</param>
/// <param name="Epoch">The epoch of the room in which it was decided.</param>
public sealed record Append(
    LiveRoom Room,
    int Epoch,
    Snapshot Base,
    Snapshot After,
    Appended Appended,
    LoggedLine[] Lines,
    Receipt? Receipt = null,
    OpenedBox? Box = null,
    Action<DialogueDb>? With = null
)
{
    public bool Closes => Appended.Before.Stage != Stage.Closed && Appended.After.Stage == Stage.Closed;

    /// <summary>Set when it has landed or fallen, after the room has taken note of it.</summary>
    public TaskCompletionSource<AppendOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The cause of <see cref="AppendOutcome.Failed"/> and <see cref="AppendOutcome.Unknown"/>.</summary>
    public Exception? Cause { get; set; }
}

/// <summary>
/// The log is the record: rows (dialogue, sequence), gapless, each with the hash of all before it. <b>The commit here is the acceptance</b>
/// of a command; only after it does anybody hear "accepted". One writer per process takes what waits, of all dialogues, and commits it
/// together; each append keeps its own outcome, and when one falls the others still land. An append on top of one that fell is not sent at
/// all: its room has begun a new epoch.
/// </summary>
public sealed partial class LogWriter(
    IDbContextFactory<DialogueDb> databases,
    IEnumerable<IWhenAppended> listeners,
    LogWiper wiper,
    SavingState saving,
    ILogger<LogWriter> log
) : BackgroundService
{
    private const int TogetherAtMost = 64;
    private readonly IWhenAppended[] listeners = [.. listeners];
    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(Limits.WaitingForWriter) { SingleReader = true }
    );

    /// <returns>False when more waits for the writer than it may hold; the append is then not made.</returns>
    public bool TryAppend(Append append)
    {
        if (append.Lines.Length != append.Appended.Events.Count || append.After.Number != append.Base.Number + append.Lines.Length)
            throw new InvalidOperationException("The log has no gaps.");
        return queue.Writer.TryWrite(new Work(append.Appended.Dialogue.Value, append, Task: null));
    }

    /// <summary>Anything small that must go through the same writer, such as an entry for a sealed box. Ends after the commit.</summary>
    /// <exception cref="TooBusy">More waits for the writer than it may hold.</exception>
    /// <exception cref="OutcomeUnknown">The commit failed or may have failed.</exception>
    public async Task Write(DialogueId dialogue, Func<DialogueDb, CancellationToken, Task> task)
    {
        var work = new Work(dialogue.Value, Append: null, task);
        if (!queue.Writer.TryWrite(work))
            throw new TooBusy();
        await work.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        wiper.Wake = () => queue.Writer.TryWrite(new Work(Guid.Empty, Append: null, static (_, _) => Task.CompletedTask));
        var together = new List<Work>(TogetherAtMost);
        Held? held = null;
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            together.Clear();
            while (together.Count < TogetherAtMost && queue.Reader.TryRead(out var work))
                together.Add(work);
            // By dialogue, so that two processes take the same locks in the same order. The order within one dialogue stays.
            if (together.Count > 1)
                together = [.. together.OrderBy(work => work.Dialogue)];
            try
            {
                held ??= await Held.Open(databases);
                await Commit(held, together);
                saving.Succeeded();
                await wiper.WipeIfAsked(held.Db);
            }
            catch (Exception e)
            {
                CommitFailed(log, e, together.Count);
                saving.Failed();
                foreach (var work in together)
                    work.Unknown(e);
                // A full disk or a locked file passes: the next commit opens anew, and the writer never stops.
                await Close(held);
                held = null;
            }
        }
        await Close(held);
    }

    /// <summary>What was accepted for writing is written before the program ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await writing.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task Commit(Held held, List<Work> together)
    {
        var db = held.Db;
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var work in together)
        {
            if (work.Append is { } late && !late.Room.IsCurrent(late))
            {
                work.Outcome = AppendOutcome.Superseded;
                continue;
            }
            await transaction.CreateSavepointAsync("one");
            try
            {
                work.Outcome = work.Append is { } append ? await Run(held, append) : await Run(db, work.Task!);
            }
            catch (Exception e) when (UniqueViolation.Is(e) && work.Append is not null)
            {
                work.Outcome = AppendOutcome.Collided;
            }
            catch (Exception e)
            {
                // One poisoned dialogue cannot stop the others.
                (work.Outcome, work.Failure) = (AppendOutcome.Failed, e);
            }
            if (work.Outcome != AppendOutcome.Landed)
            {
                await transaction.RollbackToSavepointAsync("one");
                work.Append?.Room.Fell(work.Append, work.Outcome);
            }
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync();
        foreach (var work in together)
            work.Settle();
    }

    private static async Task<AppendOutcome> Run(DialogueDb db, Func<DialogueDb, CancellationToken, Task> task)
    {
        await task(db, CancellationToken.None);
        return AppendOutcome.Landed;
    }

    private async Task<AppendOutcome> Run(Held held, Append append)
    {
        var (db, stop, dialogue, number) = (held.Db, CancellationToken.None, append.Appended.Dialogue, append.Base.Number);
        if (
            append.Receipt is { } receipt
            && !await held.Receipt.Run(dialogue.Value, receipt.Command.Value, receipt.Through, receipt.Payload!)
        )
            return AppendOutcome.Repeated;
        for (var i = 0; i < append.Lines.Length; i++)
        {
            var line = append.Lines[i];
            try
            {
                var landed =
                    i > 0 || number == 0
                        ? await held.Next.Run(dialogue.Value, ++number, line.Json, line.Hash)
                        : await held.First.Run(dialogue.Value, ++number, line.Json, line.Hash, append.Base.Number, append.Base.Head);
                if (!landed)
                    return AppendOutcome.Overtaken;
            }
            catch (DbException e) when (UniqueViolation.Is(e))
            {
                return AppendOutcome.Overtaken;
            }
        }
        if (append.Box is { } box && !await SealedBox.Empty(db, box, stop))
            return AppendOutcome.BoxChanged;
        if (append.Closes)
            await SealedBox.Discard(db, dialogue, stop);
        if (append.Box is not null || append.Closes)
            wiper.AfterThisCommit();
        append.With?.Invoke(db);
        foreach (var listener in listeners)
            await listener.Appended(db, append.Appended, stop);
        if (db.ChangeTracker.HasChanges())
            await db.SaveChangesAsync(stop);
        return AppendOutcome.Landed;
    }

    private async Task Close(Held? held)
    {
        try
        {
            await (held?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception e) when (Outage.Is(e) || e is InvalidOperationException)
        {
            // A connection that is broken may also break when it is closed.
            CommitFailed(log, e, 0);
        }
    }

    /// <summary>The writer's one context and its statements, kept from commit to commit. Each returns the row it wrote, or none.</summary>
    private sealed class Held(DialogueDb db) : IAsyncDisposable
    {
        public DialogueDb Db { get; } = db;

        public Statement First { get; } = new(db, LogSql.First, "@dialogue", "@sequence", "@json", "@hash", "@after", "@head");
        public Statement Next { get; } = new(db, LogSql.Next, "@dialogue", "@sequence", "@json", "@hash");
        public Statement Receipt { get; } = new(db, LogSql.Receipt, "@dialogue", "@command", "@through", "@payload");

        public static async Task<Held> Open(IDbContextFactory<DialogueDb> databases)
        {
            var db = await databases.CreateDbContextAsync();
            try
            {
                await db.Database.OpenConnectionAsync();
            }
            catch
            {
                await db.DisposeAsync();
                throw;
            }
            // Each append has a savepoint of its own already.
            db.Database.AutoSavepointsEnabled = false;
            return new Held(db);
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Next.DisposeAsync();
            await Receipt.DisposeAsync();
            await Db.DisposeAsync();
        }
    }

    /// <summary>A statement that stays prepared on its connection, and tells whether it wrote its row by returning it: a count of rows
    /// affected is not to be trusted, since a session may have counting turned off.</summary>
    private sealed class Statement : IAsyncDisposable
    {
        private readonly DialogueDb db;
        private readonly DbCommand command;

        public Statement(DialogueDb db, string sql, params string[] names)
        {
            this.db = db;
            command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = ReturningSql.For(db, sql);
            if (db.Database.GetCommandTimeout() is { } seconds)
                command.CommandTimeout = seconds;
            foreach (var name in names)
                command.Parameters.Add(ReturningSql.Parameter(command, name));
        }

        public async Task<bool> Run(params object[] values)
        {
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            return await command.ExecuteScalarAsync() is not null;
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A commit of {Count} appends failed; their senders try again with the same command id."
    )]
    private static partial void CommitFailed(ILogger log, Exception e, int count);

    /// <summary>One thing that waits for the writer: an append, or a task.</summary>
    private sealed record Work(Guid Dialogue, Append? Append, Func<DialogueDb, CancellationToken, Task>? Task)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public AppendOutcome Outcome { get; set; }
        public Exception? Failure { get; set; }

        public void Settle()
        {
            if (Append is { } append)
            {
                append.Cause = Failure;
                append.Room.Settle(append, Outcome);
            }
            else if (Failure is { } failure)
                Done.TrySetException(failure);
            else
                Done.TrySetResult();
        }

        public void Unknown(Exception cause)
        {
            if (Append is { } append)
            {
                append.Cause = cause;
                append.Room.Fell(append, AppendOutcome.Unknown);
                append.Room.Settle(append, AppendOutcome.Unknown);
            }
            else
                Done.TrySetException(new OutcomeUnknown(cause));
        }
    }
}

/// <summary>The statements of the writer, with the marks of <see cref="ReturningSql"/>.</summary>
internal static class LogSql
{
    /// <summary>The first line of an append: only directly after the line that it was decided on.</summary>
    public const string First = """
        INSERT INTO DialogueEvents (DialogueId, Sequence, Json, Hash)/*out Sequence*/ SELECT @dialogue, @sequence, @json, @hash
        WHERE EXISTS (SELECT 1 FROM DialogueEvents WHERE DialogueId = @dialogue AND Sequence = @after AND Hash = @head)
        """;

    /// <summary>The other lines, and the very first of a dialogue.</summary>
    public const string Next =
        "INSERT INTO DialogueEvents (DialogueId, Sequence, Json, Hash)/*out Sequence*/ VALUES (@dialogue, @sequence, @json, @hash)";

    /// <summary>Only when this command has none yet.</summary>
    public const string Receipt = """
        INSERT INTO DialogueReceipts (DialogueId, CommandId, Through, Payload)/*out Through*/ SELECT @dialogue, @command, @through, @payload
        WHERE NOT EXISTS (SELECT 1 FROM DialogueReceipts WHERE DialogueId = @dialogue AND CommandId = @command)
        """;
}

/// <summary>The writer has more waiting than it may hold.</summary>
public sealed class TooBusy : Exception, IOutage;

/// <summary>The commit failed or may have failed: ask again with the same id, and the receipt tells.</summary>
public sealed class OutcomeUnknown(Exception inner) : Exception("The outcome of a commit is unknown.", inner), IOutage;
