using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Dialogue.Storage;
using Dialogue.Wire;

namespace Dialogue.Dialogues;

/// <summary>What a room needs of the rest of the program; the same for all rooms.</summary>
public sealed record RoomParts(
    LogWriter Writer,
    LogReader Reader,
    SeatNames Names,
    SealedBox Boxes,
    DatabaseLock Database,
    TimeProvider Time
);

/// <summary>
/// One dialogue that is open in this process: everything the process knows of it is in this object, and goes when it is evicted. Commands
/// are decided one after the other under a lock, on the newest state there is, and appended without waiting for the commit: so
/// <c>newest</c> may be ahead of <c>committed</c>. When an append falls, the <b>epoch</b> rises and <c>newest</c> goes back to what that
/// append was decided on; what was decided on top of it carries the old epoch, is refused by the writer unsent, and is decided again at
/// once. Readers see
/// <c>committed</c> and nothing else.
/// </summary>
public sealed class LiveRoom(DialogueId id, RoomParts parts)
{
    private readonly Lock gate = new();
    private readonly Dictionary<CommandId, Sent> inFlight = [];
    private readonly RecentCommands recent = new(Limits.RecentCommands);
    private volatile Snapshot committed = Snapshot.Empty;
    private Snapshot newest = Snapshot.Empty;
    private volatile int epoch;
    private int underWay;
    private Append? last;
    private Task? reading;

    /// <summary>What is in memory may not be what the log says: read it before the next decision.</summary>
    private bool stale = true;
    private bool loaded;
    private int users;
    private long usedAt = parts.Time.GetTimestamp();

    public DialogueId Id => id;

    /// <summary>The dialogue as it is committed and as this process knows it.</summary>
    public Snapshot Committed => committed;

    /// <summary>The first number of the log that is missing or changed; null when all is whole. A damaged dialogue takes no
    /// commands.</summary>
    public int? DamagedAt { get; private set; }

    /// <summary>Rises with every append that falls.</summary>
    internal int Epoch => epoch;

    public RoomConnections Connections { get; } = new(parts.Time);

    /// <summary>Tickets of the anonymous phase that is open.</summary>
    internal TicketPool Tickets { get; } = new();

    /// <summary>When and what the connections of this room are sent.</summary>
    internal RoomRounds Rounds { get; } = new();

    /// <summary>What was drawn of late, for all who ask for the same.</summary>
    internal ConcurrentDictionary<Stretch, Lazy<Task<IReadOnlyList<Change>>>> Renderings { get; } = new();

    /// <summary>Where people come in; null until the dialogue has a code.</summary>
    internal Door? Door { get; set; }

    /// <summary>The box that is being opened again after somebody put something in it at the last moment: no entries now.</summary>
    internal PhaseId? OpeningBox { get; private set; }

    /// <summary>The dialogue, read from the log when it is not known or another process may have written.</summary>
    public async Task<Snapshot> Read(CancellationToken stop)
    {
        try
        {
            await Fresh(evenUnderWay: true, stop);
        }
        catch (Exception e) when (loaded && Outage.Is(e))
        {
            // What was committed stays true while the database is away.
        }
        return committed;
    }

    /// <summary>
    /// Decides and appends. The role is looked up in the state that the decision is made on, so that a change of rights counts at once.
    /// </summary>
    /// <param name="command">The id; null for what is never sent twice.</param>
    /// <param name="role">The role of somebody without a seat; ignored when <paramref name="seat"/> is given.</param>
    /// <param name="with">Rows of the same moment, given the state after.</param>
    /// <returns><see cref="RefusalCode.Busy"/> when the database did not answer in time: whether it is done is known when the same id is
    /// sent again.</returns>
    public async Task<Answer> Perform(
        CommandId? command,
        DialogueCommand wanted,
        SeatId? seat,
        Role role,
        Action<DialogueState, DialogueDb>? with = null
    )
    {
        try
        {
            if (command is not { } given)
                return await Decide(new Wanted(wanted, seat, role, with, Key: null, Payload: [])).WaitAsync(Limits.AnswerWithin);
            await Fresh(evenUnderWay: false, CancellationToken.None);
            var (key, payload) = (Key(seat, given), Hash(given, wanted));
            Sent? sent;
            var first = false;
            lock (gate)
            {
                if (recent.TryGet(key, out var receipt))
                    return receipt.AnswerTo(payload);
                if (!inFlight.TryGetValue(key, out sent))
                {
                    inFlight.Add(key, sent = new Sent(payload));
                    first = true;
                }
            }
            if (first)
                _ = Carry(sent, new Wanted(wanted, seat, role, with, key, payload));
            else if (!sent.Payload.AsSpan().SequenceEqual(payload))
                return new Answer.Refused(RefusalCode.Malformed);
            return await sent.Answer.Task.WaitAsync(Limits.AnswerWithin);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
    }

    /// <summary>Whether an append was decided on what may still land. Asked by the writer before it sends it.</summary>
    internal bool IsCurrent(Append append) => append.Epoch == epoch;

    /// <summary>An append will not land: a new epoch begins, on what it was decided on or, when that is in doubt, on what the log
    /// says.</summary>
    internal void Fell(Append append, AppendOutcome outcome)
    {
        lock (gate)
        {
            var inDoubt = outcome is AppendOutcome.Overtaken or AppendOutcome.Unknown;
            if (append.Epoch != epoch && !inDoubt)
                return;
            epoch++;
            (newest, last) = (inDoubt ? committed : append.Base, null);
            stale |= inDoubt;
        }
    }

    /// <summary>The commit is done. What landed is the dialogue from now on, for everybody.</summary>
    internal void Settle(Append append, AppendOutcome outcome)
    {
        lock (gate)
        {
            underWay--;
            if (ReferenceEquals(last, append))
                last = null;
            if (outcome == AppendOutcome.Landed)
            {
                if (append.After.Number > committed.Number)
                    committed = append.After;
                if (append.Receipt is { } receipt)
                    recent.Add(receipt);
            }
        }
        if (outcome == AppendOutcome.Landed)
            Rounds.Signal();
        append.Done.TrySetResult(outcome);
    }

    /// <summary>One decision, again when what it was made on fell. Ends with the commit.</summary>
    private async Task<Answer> Decide(Wanted wanted)
    {
        var (began, falls) = (Stopwatch.GetTimestamp(), 0);
        try
        {
            while (falls < Limits.AppendAttempts && Stopwatch.GetElapsedTime(began) < Limits.AnswerWithin)
            {
                await Fresh(evenUnderWay: false, CancellationToken.None);
                var box = SealedBox.OpenedBy(Newest().State, wanted.Command) is { } phase ? await parts.Boxes.Read(id, phase) : null;
                Decision decision;
                lock (gate)
                    decision = DecideNow(wanted, box);
                if (decision.Again)
                    continue;
                var outcome = decision.RestsOn is { } append ? await append.Done.Task : AppendOutcome.Landed;
                if (!decision.Appends)
                {
                    // An answer that rests on what is not committed is no answer until it is.
                    if (outcome != AppendOutcome.Landed)
                        continue;
                    if (decision.Answer is Answer.Refused)
                        return await Earlier(wanted) ?? decision.Answer;
                    lock (gate)
                        if (wanted.ReceiptAt(((Answer.Accepted)decision.Answer!).Through) is { } done)
                            recent.Add(done);
                    return decision.Answer;
                }
                switch (outcome)
                {
                    case AppendOutcome.Landed:
                        return decision.Answer!;
                    case AppendOutcome.Superseded:
                        continue;
                    case AppendOutcome.Repeated:
                        return await Earlier(wanted, ask: true) ?? new Answer.Refused(RefusalCode.Busy);
                    case AppendOutcome.Failed when !Outage.Is(decision.RestsOn!.Cause):
                        throw decision.RestsOn!.Cause!;
                    case AppendOutcome.Failed or AppendOutcome.Unknown:
                        return new Answer.Refused(RefusalCode.Busy);
                    case AppendOutcome.BoxChanged:
                        OpeningBox = box!.Phase;
                        break;
                }
                falls++;
            }
            return new Answer.Refused(RefusalCode.Busy);
        }
        finally
        {
            if (falls > 0)
                OpeningBox = null;
        }
    }

    /// <summary>Under the lock: the rules, and the append handed to the writer without waiting for it.</summary>
    private Decision DecideNow(Wanted wanted, OpenedBox? box)
    {
        if (stale || SealedBox.OpenedBy(newest.State, wanted.Command) != box?.Phase)
            return new Decision(Again: true);
        if (DamagedAt is not null)
            return new Decision(new Answer.Refused(RefusalCode.LogDamaged));
        var before = newest;
        if (before.Number == 0 && wanted.Command is not PrepareDialogue)
            return new Decision(new Answer.Refused(RefusalCode.NoSuchDialogue));
        var by = new By(wanted.Seat, wanted.Seat is null ? wanted.Role : before.State.Seat(wanted.Seat)?.Role ?? Role.None);
        if (wanted.Seat is { } seat && by.Role != Role.None)
            Connections.Saw(seat);
        var now = parts.Time.GetUtcNow();
        var moment = new Moment(now, RandomNumberGenerator.GetInt32(int.MaxValue), box?.Entries, Connections.PresentSeats());
        var ruling = before.State.Decide(wanted.Command, by, moment);
        if (ruling.Refusal is null && before.Number + ruling.Events.Count > Limits.EventsFor(by.Role, wanted.Command))
            ruling = RefusalCode.LogFull;
        if (ruling.Refusal is { } refused)
            return new Decision(refused, RestsOn: last);
        if (ruling.Events.Count == 0)
            return new Decision(new Answer.Accepted(before.Number), RestsOn: last);
        if (underWay >= Limits.UnderWayPerDialogue)
            return new Decision(new Answer.Refused(RefusalCode.Busy));

        foreach (var happened in ruling.Events)
            if (happened is SeatTaken taken)
                Connections.Saw(taken.Seat);
        var lines = HashChain.Lines(before.Head, ruling.Events);
        var after = before.With(ruling.Events, lines[^1].Hash).Knowing(ruling.Told);
        var append = new Append(
            this,
            epoch,
            before,
            after,
            new Appended(id, before.State, after.State, ruling.Events, after.Number, now) { Told = ruling.Told },
            lines,
            wanted.ReceiptAt(after.Number),
            box is not null && ruling.Events.Any(happened => happened is RoundClosed closed && closed.Phase == box.Phase) ? box : null,
            wanted.With is { } with ? db => with(after.State, db) : null
        );
        if (!parts.Writer.TryAppend(append))
            return new Decision(new Answer.Refused(RefusalCode.Busy));
        (newest, last) = (after, append);
        underWay++;
        return new Decision(new Answer.Accepted(after.Number), append, Appends: true);
    }

    /// <summary>Carries one command to its answer, also when whoever sent it no longer waits.</summary>
    private async Task Carry(Sent sent, Wanted wanted)
    {
        // The room is not evicted while this runs: whoever called holds it, and after that the append does (see IsIdle).
        Answer? answer = null;
        Exception? fault = null;
        try
        {
            answer = await Decide(wanted);
        }
        catch (Exception e)
        {
            fault = e;
        }
        lock (gate)
            inFlight.Remove(wanted.Key!.Value);
        if (answer is not null)
            sent.Answer.TrySetResult(answer);
        else
            sent.Answer.TrySetException(fault!);
    }

    /// <summary>The answer of before, when this command was accepted before: a repeated command may be refused now and is still
    /// done.</summary>
    private async Task<Answer?> Earlier(Wanted wanted, bool ask = false)
    {
        if (wanted.Key is not { } key)
            return null;
        lock (gate)
        {
            if (recent.TryGet(key, out var known))
                return known.AnswerTo(wanted.Payload);
            if (!ask && recent.Complete && parts.Database.SoleWriter)
                return null;
        }
        return await parts.Reader.Receipt(id, key, CancellationToken.None) is { } receipt ? receipt.AnswerTo(wanted.Payload) : null;
    }

    private Snapshot Newest()
    {
        lock (gate)
            return newest;
    }

    /// <summary>Ends when what is in memory is what the log says. At once for the only writer of a database.</summary>
    /// <param name="evenUnderWay">False: a decision, which may rest on appends that are under way and is checked when it lands.</param>
    private Task Fresh(bool evenUnderWay, CancellationToken stop)
    {
        Task wait;
        lock (gate)
        {
            if (!stale && (parts.Database.SoleWriter || (underWay > 0 && !evenUnderWay)))
                return Task.CompletedTask;
            wait = reading ??= Task.Run(ReadLog, CancellationToken.None);
        }
        return wait.WaitAsync(Limits.DatabaseWithin, stop);
    }

    private async Task ReadLog()
    {
        try
        {
            Snapshot from;
            int begunIn;
            lock (gate)
                (from, begunIn) = (committed, epoch);
            var tail = await parts.Reader.Read(id, from.Number, from.Head, CancellationToken.None);
            var receipts = loaded ? default : await parts.Reader.Receipts(id, Limits.RecentCommands, CancellationToken.None);
            var people = tail.Events.Any(SeatNames.ChangeWith) ? await parts.Names.Read(id, CancellationToken.None) : null;
            var grew = false;
            lock (gate)
            {
                if (receipts.Receipts is { } known)
                    recent.Load(known, receipts.All);
                loaded = true;
                // What landed meanwhile is newer than what was read.
                if (committed.Number == from.Number)
                {
                    grew = tail.Events.Count > 0;
                    committed = committed.With(tail.Events, tail.Head).Knowing(people);
                    DamagedAt = tail.DamagedAt;
                }
                if (stale && begunIn == epoch)
                {
                    epoch++;
                    (newest, last, stale) = (committed, null, false);
                }
                else if (!stale && underWay == 0)
                    newest = committed;
            }
            if (grew)
                Rounds.Signal();
        }
        finally
        {
            lock (gate)
                reading = null;
        }
    }

    /// <summary>One more who works with this room. False when it has been evicted: ask for it again.</summary>
    internal bool Enter()
    {
        lock (gate)
        {
            if (users < 0)
                return false;
            users++;
            return true;
        }
    }

    /// <returns>True when this was the last and there is nothing to keep: the dialogue does not exist.</returns>
    internal bool Leave()
    {
        lock (gate)
        {
            users--;
            usedAt = parts.Time.GetTimestamp();
            return users == 0 && committed.Number == 0;
        }
    }

    /// <summary>Nobody is connected or asks, nothing is under way, for so long. From then on the room cannot be entered.</summary>
    internal bool TryClose(TimeSpan idle)
    {
        lock (gate)
        {
            if (users != 0 || underWay > 0 || inFlight.Count > 0 || reading is not null)
                return false;
            // Whoever drew tickets would get them twice: that room is kept for a day.
            var open = !Tickets.IsEmpty && committed.State.CurrentPhase is { IsSealed: true, RoundOpen: true };
            if (committed.Number > 0 && parts.Time.GetElapsedTime(usedAt) < (open ? Limits.TicketsKeptFor : idle))
                return false;
            users = -1;
        }
        Rounds.End();
        return true;
    }

    /// <summary>The id as the wish of one seat: whoever uses the id of another has a wish of their own, and is not told that it was
    /// granted.</summary>
    private static CommandId Key(SeatId? seat, CommandId command)
    {
        if (seat is not { } whose)
            return command;
        Span<byte> both = stackalloc byte[20];
        command.Value.TryWriteBytes(both);
        BinaryPrimitives.WriteInt32LittleEndian(both[16..], whose.Value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        return new CommandId(new Guid(hash[..16]));
    }

    /// <summary>With the id as salt, which is stored nowhere: the receipt of a text that was taken back does not tell the text.</summary>
    private static byte[] Hash(CommandId command, DialogueCommand wanted)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(wanted, ModelJson.Lenient);
        Span<byte> salted = json.Length < 4_000 ? stackalloc byte[json.Length + 16] : new byte[json.Length + 16];
        command.Value.TryWriteBytes(salted);
        json.CopyTo(salted[16..]);
        return SHA256.HashData(salted)[..Receipt.PayloadLength];
    }

    private sealed record Wanted(
        DialogueCommand Command,
        SeatId? Seat,
        Role Role,
        Action<DialogueState, DialogueDb>? With,
        CommandId? Key,
        byte[] Payload
    )
    {
        public Receipt? ReceiptAt(int through) => Key is { } key ? new Receipt(key, through, Payload) : null;
    }

    /// <param name="RestsOn">The append that must land for the answer to be true; null when all it rests on is committed.</param>
    /// <param name="Appends">That append is of this command.</param>
    private readonly record struct Decision(Answer? Answer = null, Append? RestsOn = null, bool Appends = false, bool Again = false);

    /// <summary>A command that is being carried out, and the answer for all who send it meanwhile.</summary>
    private sealed record Sent(byte[] Payload)
    {
        public TaskCompletionSource<Answer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
