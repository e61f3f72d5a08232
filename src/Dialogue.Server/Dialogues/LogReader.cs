using System.Text.Json;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>What stands in a log after a number.</summary>
/// <param name="Head">The hash of the last event, or of what came before when there is none.</param>
/// <param name="DamagedAt">The first number that is missing, changed or cannot be read; null when all is whole. The events go up to
/// it.</param>
public sealed record LogTail(IReadOnlyList<DialogueEvent> Events, byte[] Head, int? DamagedAt);

/// <summary>A command that was accepted.</summary>
/// <param name="Payload">Hash of the command, so that its id with another command is known for what it is; null in receipts of
/// before.</param>
public readonly record struct Receipt(CommandId Command, int Through, byte[]? Payload)
{
    public const int PayloadLength = 16;

    /// <summary>The answer to whoever sends this id again: the earlier one, unless it comes with another command.</summary>
    public Answer AnswerTo(byte[] payload) =>
        Payload is null || Payload.AsSpan().SequenceEqual(payload)
            ? new Answer.Accepted(Through)
            : new Answer.Refused(RefusalCode.Malformed);
}

/// <summary>Reads logs and receipts. Checks every line against the chain, and stops at the first that does not fit.</summary>
public sealed partial class LogReader(IDbContextFactory<DialogueDb> databases, ILogger<LogReader> log)
{
    private static readonly Func<DialogueDb, Guid, int, IAsyncEnumerable<EventRow>> Tail = EF.CompileAsyncQuery(
        (DialogueDb db, Guid dialogue, int after) =>
            db.Set<EventRow>()
                .AsNoTracking()
                .Where(row => row.DialogueId == dialogue && row.Sequence > after)
                .OrderBy(row => row.Sequence)
                .AsQueryable()
    );

    /// <summary>The events after a number, in order.</summary>
    /// <param name="head">The hash of the event at <paramref name="after"/>.</param>
    /// <exception cref="TimeoutException">The database did not answer within <see cref="Limits.DatabaseWithin"/>.</exception>
    public Task<LogTail> Read(DialogueId dialogue, int after, byte[] head, CancellationToken stop) =>
        Task.Run(() => ReadAll(dialogue, after, head, stop), stop).WaitAsync(Limits.DatabaseWithin, stop);

    private async Task<LogTail> ReadAll(DialogueId dialogue, int after, byte[] head, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var events = new List<DialogueEvent>();
        var expected = after;
        await foreach (var row in Tail(db, dialogue.Value, after).WithCancellation(stop))
        {
            expected++;
            var hash = HashChain.Next(head, row.Json);
            if (row.Sequence != expected || !hash.AsSpan().SequenceEqual(row.Hash) || Event(row.Json) is not { } happened)
            {
                Damaged(log, dialogue, expected);
                return new LogTail(events, head, expected);
            }
            events.Add(happened);
            head = hash;
        }
        return new LogTail(events, head, DamagedAt: null);
    }

    /// <summary>The receipt of a command that was accepted before, or null.</summary>
    public async Task<Receipt?> Receipt(DialogueId dialogue, CommandId command, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Set<ReceiptRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue.Value && row.CommandId == command.Value)
            .Select(row => (Receipt?)new Receipt(command, row.Through, row.Payload))
            .FirstOrDefaultAsync(stop)
            .WaitAsync(Limits.DatabaseWithin, stop);
    }

    /// <summary>The newest receipts of a dialogue, oldest first, at most <paramref name="most"/>; and whether those are all.</summary>
    public async Task<(IReadOnlyList<Receipt> Receipts, bool All)> Receipts(DialogueId dialogue, int most, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await db.Set<ReceiptRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue.Value)
            .OrderByDescending(row => row.Through)
            .Take(most + 1)
            .ToListAsync(stop)
            .WaitAsync(Limits.DatabaseWithin, stop);
        return (
            [.. rows.Take(most).Reverse().Select(row => new Receipt(new CommandId(row.CommandId), row.Through, row.Payload))],
            rows.Count <= most
        );
    }

    private static DialogueEvent? Event(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DialogueEvent>(json, ModelJson.Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The log of dialogue {Dialogue} is damaged at number {Number}. It opens read-only up to there; put back a backup."
    )]
    private static partial void Damaged(ILogger log, DialogueId dialogue, int number);
}
