using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Dialogue.Anonymous;
using Dialogue.Storage;
using Dialogue.Templates;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dialogue.Dialogues;

/// <summary>A box as it was read: its entries, to be compared with what lies there when it is emptied.</summary>
public sealed record OpenedBox(DialogueId Dialogue, PhaseId Phase, IReadOnlyList<SealedEntry> Entries, IReadOnlyList<string> Payloads);

/// <summary>
/// The anonymous door. While an anonymous phase is open its entries lie here under the hash of a one-time ticket: no author, time, order,
/// seat or
/// connection. The ticket is the right to drop, the idempotency key, and the right to edit or withdraw until the box is opened.
/// Who got how many tickets is known in memory only, who got <em>which</em> ticket nowhere: tickets are made for the whole room at once and
/// drawn
/// from a shuffled pool. This is the one seam where blind signatures can replace the pool. After a restart the pool is empty and a new one
/// is made;
/// somebody may then hold a few tickets too many, which is accepted.
/// </summary>
public sealed class SealedBox(IDbContextFactory<DialogueDb> databases, DialogueLog log)
{
    private readonly ConcurrentDictionary<(DialogueId, PhaseId), Pool> pools = new();

    /// <summary>Tickets for one seat, up to its quota for this phase.</summary>
    public async Task<IReadOnlyList<Ticket>> Draw(DialogueId dialogue, DialogueState state, PhaseState phase, SeatId seat)
    {
        var pool = pools.GetOrAdd((dialogue, phase.Id), static _ => new Pool());
        await pool.Gate.WaitAsync();
        try
        {
            var quota = phase.Kind.SealedQuota - pool.Drawn.GetValueOrDefault(seat);
            if (quota <= 0)
                return [];
            if (pool.Tickets.Count < quota)
            {
                // Enough for the whole room and a few who come late, in one insert.
                var tickets = Enumerable
                    .Range(0, phase.Kind.SealedQuota * (state.SeatsAtTable + Limits.SeatsForAnonymity))
                    .Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
                    .ToArray();
                if (
                    !await log.Write(
                        async (db, stop) =>
                        {
                            db.AddRange(
                                tickets
                                    .Select(ticket => new TicketRow
                                    {
                                        Hash = Hash(new Ticket(ticket)),
                                        DialogueId = dialogue.Value,
                                        Activity = phase.Id.Value,
                                    })
                                    .OrderBy(row => Convert.ToHexString(row.Hash), StringComparer.Ordinal)
                            );
                            await db.SaveChangesAsync(stop);
                        }
                    )
                )
                    return [];
                pool.Tickets.AddRange(tickets);
            }
            var drawn = new List<Ticket>(quota);
            for (var i = 0; i < quota; i++)
            {
                var at = RandomNumberGenerator.GetInt32(pool.Tickets.Count);
                drawn.Add(new Ticket(pool.Tickets[at]));
                pool.Tickets[at] = pool.Tickets[^1];
                pool.Tickets.RemoveAt(pool.Tickets.Count - 1);
            }
            pool.Drawn[seat] = phase.Kind.SealedQuota;
            return drawn;
        }
        finally
        {
            pool.Gate.Release();
        }
    }

    /// <summary>
    /// Puts an entry in, replaces what the same ticket put there, or (null) takes it back. The same entry again changes nothing.
    /// </summary>
    public async Task<Answer> Put(DialogueId dialogue, PhaseState phase, Ticket ticket, SealedEntry? entry, int through)
    {
        if (ticket.Value.Length is < 40 or > 60)
            return new Answer.Refused(RefusalCode.TicketUnknown);
        var hash = Hash(ticket);
        var (known, erased) = (false, false);
        var payload = entry is null ? null : JsonSerializer.Serialize(entry, ModelJson.Lenient);
        try
        {
            await log.Write(
                async (db, stop) =>
                {
                    known = await db.Set<TicketRow>()
                        .AnyAsync(row => row.Hash == hash && row.DialogueId == dialogue.Value && row.Activity == phase.Id.Value, stop);
                    if (!known)
                        return;
                    var there = await db.Set<SealedRow>()
                        .AsNoTracking()
                        .Where(row => row.Hash == hash)
                        .Select(row => row.Payload)
                        .FirstOrDefaultAsync(stop);
                    if (there == payload)
                        return;
                    erased = there is not null;
                    await Lay(
                        db,
                        new SealedRow
                        {
                            Hash = hash,
                            DialogueId = dialogue.Value,
                            Activity = phase.Id.Value,
                            Payload = payload ?? "",
                        },
                        payload is null ? "DELETE FROM SealedEntries WHERE Hash = @hash"
                            : erased ? "UPDATE SealedEntries SET Payload = @payload WHERE Hash = @hash"
                            : "INSERT INTO SealedEntries (Hash, DialogueId, Activity, Payload) VALUES (@hash, @dialogue, "
                                + "@activity, @payload)",
                        stop
                    );
                }
            );
            if (erased)
                log.Wipe();
        }
        catch (Exception e) when (e is TooBusy or OutcomeUnknown)
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
        return known ? new Answer.Accepted(through) : new Answer.Refused(RefusalCode.TicketUnknown);
    }

    /// <summary>The box that a command would open, or null when it opens none.</summary>
    public async Task<OpenedBox?> ReadFor(DialogueId dialogue, DialogueState state, DialogueCommand command)
    {
        if (
            command is not (CloseRound or StartPhase or CloseDialogue)
            || state.CurrentPhase is not { IsSealed: true, RoundOpen: true } phase
        )
            return null;
        await using var db = await databases.CreateDbContextAsync();
        var payloads = await Payloads(db, dialogue, phase.Id, CancellationToken.None);
        return new OpenedBox(
            dialogue,
            phase.Id,
            [.. payloads.Select(payload => JsonSerializer.Deserialize<SealedEntry>(payload, ModelJson.Lenient)!)],
            payloads
        );
    }

    /// <summary>
    /// Empties a box for good, in the transaction of the reveal. False when somebody dropped or edited meanwhile: read again.
    /// </summary>
    public static async Task<bool> Empty(DialogueDb db, OpenedBox box, CancellationToken stop)
    {
        if (!(await Payloads(db, box.Dialogue, box.Phase, stop)).SequenceEqual(box.Payloads))
            return false;
        await db.Set<SealedRow>()
            .Where(row => row.DialogueId == box.Dialogue.Value && row.Activity == box.Phase.Value)
            .ExecuteDeleteAsync(stop);
        await db.Set<TicketRow>()
            .Where(row => row.DialogueId == box.Dialogue.Value && row.Activity == box.Phase.Value)
            .ExecuteDeleteAsync(stop);
        return true;
    }

    /// <summary>When a dialogue ends, what was too little to be shown is thrown away unseen.</summary>
    public static async Task Discard(DialogueDb db, DialogueId dialogue, CancellationToken stop)
    {
        await db.Set<SealedRow>().Where(row => row.DialogueId == dialogue.Value).ExecuteDeleteAsync(stop);
        await db.Set<TicketRow>().Where(row => row.DialogueId == dialogue.Value).ExecuteDeleteAsync(stop);
    }

    private static async Task<List<string>> Payloads(DialogueDb db, DialogueId dialogue, PhaseId activity, CancellationToken stop) =>
        [
            .. (
                await db.Set<SealedRow>()
                    .AsNoTracking()
                    .Where(row => row.DialogueId == dialogue.Value && row.Activity == activity.Value)
                    .Select(row => row.Payload)
                    .ToListAsync(stop)
            ).Order(StringComparer.Ordinal),
        ];

    /// <summary>A plain statement: the log of EF Core would tell, in order, how long each text is.</summary>
    private static async Task Lay(DialogueDb db, SealedRow row, string sql, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        foreach (
            var (name, value) in (ReadOnlySpan<(string, object)>)
                [("@hash", row.Hash), ("@dialogue", row.DialogueId), ("@activity", row.Activity), ("@payload", row.Payload)]
        )
        {
            if (!sql.Contains(name, StringComparison.Ordinal))
                continue;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(stop);
    }

    private static byte[] Hash(Ticket ticket) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ticket.Value));

    private sealed class Pool
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public List<string> Tickets { get; } = [];
        public Dictionary<SeatId, int> Drawn { get; } = [];
    }
}
