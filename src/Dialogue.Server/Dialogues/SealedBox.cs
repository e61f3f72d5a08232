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
/// seat or connection. The ticket is the right to drop, the idempotency key, and the right to edit or withdraw until the box is opened.
/// Tickets are made for the whole room at once and drawn from a shuffled pool, by all devices when the phase opens. Which tickets a seat
/// got is kept in memory in a form that only its device can read (<see cref="TicketPool"/>). This is the one seam where blind signatures
/// can replace the pool. After a restart the pool is empty and a new one is made; somebody may then hold a few tickets too many, which is
/// accepted.
/// </summary>
public sealed class SealedBox(IDbContextFactory<DialogueDb> databases, LogWriter writer, LogWiper wiper)
{
    /// <summary>The tickets of one seat, up to its quota for this phase; the same again for the same pad.</summary>
    public async Task<TicketsDrawn> Draw(LiveRoom room, DialogueState state, PhaseState phase, SeatId seat, byte[] pad)
    {
        using var pool = await room.Tickets.Of(phase.Id);
        if (pool.Drawn(seat, pad) is { } before)
            return before;
        if (pool.Free < phase.Kind.SealedQuota)
        {
            // Enough for the whole room and a few who come late, in one insert, in an order that tells nothing.
            var tickets = Enumerable
                .Range(0, phase.Kind.SealedQuota * (state.SeatsAtTable + Limits.SeatsForAnonymity))
                .Select(_ => RandomNumberGenerator.GetBytes(TicketPad.TicketLength))
                .ToArray();
            await writer.Write(
                room.Id,
                async (db, stop) =>
                {
                    db.AddRange(
                        tickets
                            .Select(ticket => new TicketRow
                            {
                                Hash = Hash(new Ticket(Convert.ToBase64String(ticket))),
                                DialogueId = room.Id.Value,
                                Activity = phase.Id.Value,
                            })
                            .OrderBy(row => Convert.ToHexString(row.Hash), StringComparer.Ordinal)
                    );
                    await db.SaveChangesAsync(stop);
                }
            );
            pool.Add(tickets);
        }
        return pool.Draw(seat, phase.Kind.SealedQuota, pad);
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
            await writer.Write(
                dialogue,
                async (db, stop) =>
                {
                    // Held until the commit, so that another process cannot close the box in between.
                    known = await IsValid(db, hash, dialogue, phase.Id, stop);
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
                wiper.Ask();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
        return known ? new Answer.Accepted(through) : new Answer.Refused(RefusalCode.TicketUnknown);
    }

    /// <summary>The phase of which a command would open the box, or null when it opens none.</summary>
    public static PhaseId? OpenedBy(DialogueState state, DialogueCommand command) =>
        command is CloseRound or StartPhase or CloseDialogue && state.CurrentPhase is { IsSealed: true, RoundOpen: true } phase
            ? phase.Id
            : null;

    public async Task<OpenedBox> Read(DialogueId dialogue, PhaseId phase)
    {
        await using var db = await databases.CreateDbContextAsync();
        var payloads = await Payloads(db, dialogue, phase, CancellationToken.None).WaitAsync(Limits.DatabaseWithin);
        return new OpenedBox(
            dialogue,
            phase,
            [.. payloads.Select(payload => JsonSerializer.Deserialize<SealedEntry>(payload, ModelJson.Lenient)!)],
            payloads
        );
    }

    /// <summary>
    /// Closes and empties a box for good, in the transaction of the reveal: what the deletion itself returns is what was in it. False when
    /// that is not what was decided on, because somebody dropped or edited meanwhile; then the transaction is rolled back.
    /// </summary>
    public static async Task<bool> Empty(DialogueDb db, OpenedBox box, CancellationToken stop)
    {
        // Tickets first: from here on no other process can put anything in.
        await Erase(db, "DELETE FROM SealedTickets/*old Activity*/ WHERE DialogueId = @dialogue AND Activity = @activity", box, stop);
        var erased = await Erase(
            db,
            "DELETE FROM SealedEntries/*old Payload*/ WHERE DialogueId = @dialogue AND Activity = @activity",
            box,
            stop
        );
        return erased.Order(StringComparer.Ordinal).SequenceEqual(box.Payloads);
    }

    private static async Task<List<string>> Erase(DialogueDb db, string sql, OpenedBox box, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = ReturningSql.For(db, sql);
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)[("@dialogue", box.Dialogue.Value), ("@activity", box.Phase.Value)])
        {
            var parameter = ReturningSql.Parameter(command, name);
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        var erased = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            erased.Add(rows.GetString(0));
        return erased;
    }

    private static async Task<bool> IsValid(DialogueDb db, byte[] hash, DialogueId dialogue, PhaseId phase, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText =
            $"SELECT 1 FROM SealedTickets{(db.Database.IsSqlServer() ? " WITH (UPDLOCK, HOLDLOCK)" : "")} "
            + "WHERE Hash = @hash AND DialogueId = @dialogue AND Activity = @activity";
        foreach (
            var (name, value) in (ReadOnlySpan<(string, object)>)
                [("@hash", hash), ("@dialogue", dialogue.Value), ("@activity", phase.Value)]
        )
        {
            var parameter = ReturningSql.Parameter(command, name);
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteScalarAsync(stop) is not null;
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
            var parameter = ReturningSql.Parameter(command, name == "@payload" ? "@json" : name);
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(stop);
    }

    private static byte[] Hash(Ticket ticket) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ticket.Value));
}
