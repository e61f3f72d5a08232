using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dialogue.Dialogues;

/// <summary>What one command adds: events after a number, its receipt, and rows that belong to the same moment.</summary>
/// <param name="After">The number of the last event that the decision knew.</param>
/// <param name="Box">The sealed box that this append opens, as it was read for the decision.</param>
/// <param name="With">Further rows of the same use case, such as a seat in the roster.</param>
public sealed record Append(Appended Appended, int After, CommandId? Command, OpenedBox? Box = null, Action<DialogueDb>? With = null)
{
    public bool Closes => Appended.Before.Stage != Stage.Closed && Appended.After.Stage == Stage.Closed;
}

/// <summary>
/// The log is the record: rows (dialogue, sequence), gapless. <b>The commit here is the acceptance</b> of a command; only after it does
/// anybody
/// hear "accepted". One writer per node takes whatever waits, of all dialogues, and commits it together; each append keeps its own answer,
/// and
/// when one collides with another node the rest still lands. No node owns a dialogue: the primary key decides who was first.
/// </summary>
public sealed partial class DialogueLog(
    IDbContextFactory<DialogueDb> databases,
    IEnumerable<IWhenAppended> listeners,
    ILogger<DialogueLog> log
) : BackgroundService
{
    private const int TogetherAtMost = 64;
    private const int WipesUntilWarning = 100;
    private static readonly TimeSpan BetweenWipes = TimeSpan.FromMilliseconds(100);
    private readonly IWhenAppended[] listeners = [.. listeners];
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(1_000);
    private volatile bool unwiped;
    private int wipesInVain;

    private static readonly Func<DialogueDb, Guid, int, IAsyncEnumerable<EventRow>> Tail = EF.CompileAsyncQuery(
        (DialogueDb db, Guid dialogue, int after) =>
            db.Set<EventRow>()
                .AsNoTracking()
                .Where(row => row.DialogueId == dialogue && row.Sequence > after)
                .OrderBy(row => row.Sequence)
                .AsQueryable()
    );

    /// <returns>False when another append was first: read, decide and try again. Throws when the outcome is unknown.</returns>
    public async Task<bool> Append(Append append)
    {
        if (append.Appended.Through != append.After + append.Appended.Events.Count)
            throw new InvalidOperationException("The log has no gaps.");
        return await Write(
            async (Held held, CancellationToken stop) =>
            {
                var db = held.Db;
                await InsertEvents(held, append, stop);
                if (append.Box is { } box && !await SealedBox.Empty(db, box, stop))
                    throw new Overtaken();
                if (append.Closes)
                    await SealedBox.Discard(db, append.Appended.Dialogue, stop);
                if (append.Box is not null || append.Closes)
                    unwiped = true;
                append.With?.Invoke(db);
                foreach (var listener in listeners)
                    await listener.Appended(db, append.Appended, stop);
                if (db.ChangeTracker.HasChanges())
                    await db.SaveChangesAsync(stop);
            }
        );
    }

    /// <summary>Anything small that must go through the same writer, such as an entry for a sealed box.</summary>
    public Task<bool> Write(Func<DialogueDb, CancellationToken, Task> work) =>
        Write((Held held, CancellationToken stop) => work(held.Db, stop));

    /// <summary>
    /// Something was erased that nobody may find again. The writer itself wipes the traces, after its next commit and after those who wait
    /// for that
    /// have heard: any other connection would only stand in its way.
    /// </summary>
    public void Wipe()
    {
        unwiped = true;
        // When the queue is full the writer comes round without being asked.
        queue.Writer.TryWrite(new Waiting(static (_, _) => Task.CompletedTask));
    }

    private async Task WipeNow(Held held)
    {
        unwiped = false;
        if (await Traces.Wipe(held.Db, CancellationToken.None))
            wipesInVain = 0;
        else
        {
            if (++wipesInVain == WipesUntilWarning)
                NotWiped(log, wipesInVain * BetweenWipes);
            _ = WipeLater();
        }
    }

    private async Task WipeLater()
    {
        await Task.Delay(BetweenWipes, TimeProvider.System);
        Wipe();
    }

    private Task<bool> Write(Func<Held, CancellationToken, Task> work)
    {
        var waiting = new Waiting(work);
        return queue.Writer.TryWrite(waiting) ? waiting.Done.Task : throw new TooBusy();
    }

    /// <summary>The events after a number, in order. The happy path finds none: one index seek.</summary>
    public async Task<IReadOnlyList<DialogueEvent>> Read(DialogueId dialogue, int after, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var events = new List<DialogueEvent>();
        var expected = after;
        await foreach (var row in Tail(db, dialogue.Value, after).WithCancellation(stop))
            events.Add(
                row.Sequence == ++expected
                    ? JsonSerializer.Deserialize<DialogueEvent>(row.Json, ModelJson.Lenient)!
                    : throw new InvalidOperationException($"The log of {dialogue} has a gap before {row.Sequence}.")
            );
        return events;
    }

    /// <summary>The receipt of a wish that was granted before, or null.</summary>
    public async Task<int?> Receipt(DialogueId dialogue, CommandId command, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Set<ReceiptRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue.Value && row.CommandId == command.Value)
            .Select(row => (int?)row.Through)
            .FirstOrDefaultAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var together = new List<Waiting>(TogetherAtMost);
        Held? held = null;
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            together.Clear();
            while (together.Count < TogetherAtMost && queue.Reader.TryRead(out var waiting))
                together.Add(waiting);
            try
            {
                held ??= await Held.Open(databases);
                await Commit(held, together);
                if (unwiped)
                    await WipeNow(held);
            }
            catch (Exception e)
            {
                CommitFailed(log, e, together.Count);
                foreach (var waiting in together)
                    waiting.Done.TrySetException(new OutcomeUnknown(e));
                // A full disk or a locked file passes: the next commit opens anew, and the writer never stops.
                await (held?.DisposeAsync() ?? ValueTask.CompletedTask);
                held = null;
            }
        }
        await (held?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Whatever was accepted for writing is written before the program ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await writing.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private static async Task Commit(Held held, List<Waiting> together)
    {
        var db = held.Db;
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var waiting in together)
        {
            await transaction.CreateSavepointAsync("one");
            try
            {
                await waiting.Work(held, CancellationToken.None);
                waiting.Landed = true;
            }
            catch (Exception e) when (e is Overtaken || UniqueViolation.Is(e))
            {
                await transaction.RollbackToSavepointAsync("one");
                waiting.Landed = false;
            }
            catch (Exception e)
            {
                // One poisoned dialogue cannot stop the others.
                await transaction.RollbackToSavepointAsync("one");
                waiting.Failure = e;
            }
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync();
        foreach (var waiting in together)
        {
            if (waiting.Failure is { } failure)
                waiting.Done.TrySetException(failure);
            else
                waiting.Done.TrySetResult(waiting.Landed);
        }
    }

    /// <summary>Plain prepared inserts: a change tracker costs four times as much on the one path that everybody waits for.</summary>
    private static async Task InsertEvents(Held held, Append append, CancellationToken stop)
    {
        var number = append.After;
        foreach (var happened in append.Appended.Events)
        {
            var insert = number == append.After ? held.First : held.Next;
            if (
                await insert.Run(stop, append.Appended.Dialogue.Value, ++number, JsonSerializer.Serialize(happened, ModelJson.Lenient)) == 0
            )
                throw new Overtaken();
        }
        if (append.Command is { } command)
            await held.Receipt.Run(stop, append.Appended.Dialogue.Value, command.Value, number);
    }

    /// <summary>The writer's one context and its statements, kept from commit to commit.</summary>
    private sealed class Held(DialogueDb db) : IAsyncDisposable
    {
        public DialogueDb Db { get; } = db;

        // Only directly after what is there: an append on top of one that fell leaves nothing.
        public Statement First { get; } =
            new(
                db,
                """
                INSERT INTO DialogueEvents (DialogueId, Sequence, Json) SELECT @dialogue, @sequence, @json
                WHERE @sequence = 1 + COALESCE((SELECT MAX(Sequence) FROM DialogueEvents WHERE DialogueId = @dialogue), 0)
                """,
                "@dialogue",
                "@sequence",
                "@json"
            );

        public Statement Next { get; } =
            new(
                db,
                "INSERT INTO DialogueEvents (DialogueId, Sequence, Json) VALUES (@dialogue, @sequence, @json)",
                "@dialogue",
                "@sequence",
                "@json"
            );

        public Statement Receipt { get; } =
            new(
                db,
                "INSERT INTO DialogueReceipts (DialogueId, CommandId, Through) VALUES (@dialogue, @command, @through)",
                "@dialogue",
                "@command",
                "@through"
            );

        public static async Task<Held> Open(IDbContextFactory<DialogueDb> databases)
        {
            var db = await databases.CreateDbContextAsync();
            await db.Database.OpenConnectionAsync();
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

    /// <summary>A statement that stays prepared on its connection.</summary>
    private sealed class Statement : IAsyncDisposable
    {
        private readonly DialogueDb db;
        private readonly DbCommand command;

        public Statement(DialogueDb db, string sql, params string[] names)
        {
            this.db = db;
            command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            foreach (var name in names)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
        }

        public Task<int> Run(CancellationToken stop, params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            return command.ExecuteNonQueryAsync(stop);
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A commit of {Count} appends failed; their senders try again with the same command id."
    )]
    private static partial void CommitFailed(ILogger log, Exception e, int count);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "For {Time} a reader has kept the log ahead of the database from being emptied. What was erased can be read there "
            + "until it lets go."
    )]
    private static partial void NotWiped(ILogger log, TimeSpan time);

    private sealed class Waiting(Func<Held, CancellationToken, Task> work)
    {
        public Func<Held, CancellationToken, Task> Work { get; } = work;
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public bool Landed { get; set; }
        public Exception? Failure { get; set; }
    }
}

/// <summary>Somebody else's append came first.</summary>
public sealed class Overtaken : Exception;

/// <summary>The writer has more waiting than it may hold.</summary>
public sealed class TooBusy : Exception;

/// <summary>The commit failed or may have failed: the sender asks again with the same id and the receipt tells.</summary>
public sealed class OutcomeUnknown(Exception inner) : Exception("The outcome of a commit is unknown.", inner);
