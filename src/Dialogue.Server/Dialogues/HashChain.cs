using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>An event as it lies in the log: its JSON, and the hash of that with the hash of the line before.</summary>
public readonly record struct LoggedLine(string Json, byte[] Hash);

/// <summary>
/// Each line of a log has the SHA-256 of the hash before it and its own JSON. So one hash stands for a whole history: it tells when a line
/// was changed, lost or put in between, and it is the stamp that says on which history an append was decided. It is no signature: who may
/// write the database can write a new chain.
/// </summary>
public static class HashChain
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The hash before the first event.</summary>
    public static byte[] Start { get; } = new byte[Length];

    public static byte[] Next(ReadOnlySpan<byte> before, string json)
    {
        var size = Length + Encoding.UTF8.GetMaxByteCount(json.Length);
        var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        try
        {
            before.CopyTo(rented);
            var length = Length + Encoding.UTF8.GetBytes(json, rented.AsSpan(Length));
            return SHA256.HashData(rented.AsSpan(0, length));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The lines that these events make after <paramref name="head"/>.</summary>
    public static LoggedLine[] Lines(byte[] head, IReadOnlyList<DialogueEvent> events)
    {
        var lines = new LoggedLine[events.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var json = JsonSerializer.Serialize(events[i], ModelJson.Lenient);
            lines[i] = new LoggedLine(json, head = Next(head, json));
        }
        return lines;
    }

    /// <summary>
    /// Writes the chain of every log that has a line without a hash: those of a version that knew no chain, and those that a rewrite of
    /// stored events emptied on purpose. Called at start, before the first request.
    /// </summary>
    public static async Task Complete(DialogueDb db, CancellationToken stop)
    {
        var dialogues = await db.Set<EventRow>().Where(row => row.Hash == null).Select(row => row.DialogueId).Distinct().ToListAsync(stop);
        foreach (var dialogue in dialogues)
        {
            var rows = await db.Set<EventRow>().Where(row => row.DialogueId == dialogue).OrderBy(row => row.Sequence).ToListAsync(stop);
            var head = Start;
            foreach (var row in rows)
                row.Hash = head = Next(head, row.Json);
            await db.SaveChangesAsync(stop);
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>At each start the logs that lack hashes get them.</summary>
internal sealed class CompleteChains : IAfterMigration
{
    public Task Run(DialogueDb db, CancellationToken stop) => HashChain.Complete(db, stop);
}
