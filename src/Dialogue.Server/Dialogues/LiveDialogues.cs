using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dialogue.Dialogues;

/// <summary>A dialogue as this node knows it, at one number. A snapshot never changes; readers keep the one they began with.</summary>
/// <param name="Log">All events; the array may be longer than <paramref name="Number"/>, what lies beyond is not yet of this
/// snapshot.</param>
public sealed record Snapshot(DialogueState State, int Number, DialogueEvent[] Log)
{
    public static Snapshot Empty { get; } = new(DialogueState.Empty, 0, []);

    public ReadOnlySpan<DialogueEvent> After(int number) => Log.AsSpan(Math.Clamp(number, 0, Number)..Number);

    public Snapshot With(IReadOnlyList<DialogueEvent> events, IReadOnlyList<PersonFact>? told = null)
    {
        if (told is { Count: > 0 })
        {
            var with = With(events);
            return with with { State = with.State.Knowing(told) };
        }
        if (events.Count == 0)
            return this;
        var log = Log;
        if (log.Length < Number + events.Count)
            Array.Resize(ref log, Math.Max(64, (Number + events.Count) * 2));
        // Only the holder of the gate comes here, and no reader looks beyond its own number. What was decided and then fell is overwritten.
        for (var i = 0; i < events.Count; i++)
            log[Number + i] = events[i];
        return new Snapshot(State.Fold(events), Number + events.Count, log);
    }
}

/// <summary>
/// The dialogues that this node has open. The gate of a dialogue is politeness, so that commands of one node do not overtake each other for
/// nothing: what decides is the log. Commands that come while a commit is under way are decided on the state that will be, and committed
/// together with what waits; if an append falls, all that was decided on top of it falls too and is decided again.
/// </summary>
public sealed class LiveDialogues(
    DialogueLog log,
    SeatNames names,
    SealedBox boxes,
    Broadcast broadcast,
    Connections connections,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<DialogueId, LiveDialogue> open = new();

    /// <summary>The dialogue as this node knows it; read from the log when nothing is known yet.</summary>
    public async Task<Snapshot> Read(DialogueId dialogue, CancellationToken stop = default)
    {
        var live = open.GetOrAdd(dialogue, static _ => new LiveDialogue());
        if (live.Committed.Number > 0)
            return live.Committed;
        await live.Gate.WaitAsync(stop);
        try
        {
            await Refresh(dialogue, live, stop);
            return live.Committed;
        }
        finally
        {
            live.Gate.Release();
        }
    }

    /// <summary>
    /// Decides and appends. The role is looked up here, in the state that the decision is made on, so that a change of rights counts at
    /// once.
    /// </summary>
    /// <param name="role">The role of somebody without a seat; ignored when <paramref name="seat"/> is given.</param>
    /// <param name="with">Rows of the same moment, given the state after.</param>
    public async Task<Answer> Perform(
        DialogueId dialogue,
        CommandId? id,
        DialogueCommand command,
        SeatId? seat,
        Role role,
        Action<DialogueState, Storage.DialogueDb>? with = null
    )
    {
        var live = open.GetOrAdd(dialogue, static _ => new LiveDialogue());
        if (id is { } given && seat is { } whose)
            id = WishOf(whose, given);
        try
        {
            for (var attempt = 0; attempt < Limits.AppendAttempts; attempt++)
            {
                var decided = await Decide(dialogue, live, id, command, seat, role, with);
                if (decided.Refusal is { Code: RefusalCode.Busy } busy)
                    return busy;
                if (decided.Refusal is { } refused)
                {
                    // A refusal that rests on what is not yet committed is no refusal.
                    if (decided.Under is { } under && !await Landed(under))
                        continue;
                    return await Earlier(dialogue, id) ?? refused;
                }
                if (await Settle(dialogue, live, decided))
                    return new Answer.Accepted(decided.After!.Number);
                if (await Earlier(dialogue, id) is { } earlier)
                    return earlier;
            }
            return new Answer.Refused(RefusalCode.Busy);
        }
        catch (Exception e) when (e is TooBusy or OutcomeUnknown)
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
    }

    /// <summary>
    /// The id as the wish of one seat: whoever uses the id of another has a wish of their own, and is not told that it was granted.
    /// </summary>
    private static CommandId WishOf(SeatId seat, CommandId id)
    {
        Span<byte> both = stackalloc byte[20];
        id.Value.TryWriteBytes(both);
        BinaryPrimitives.WriteInt32LittleEndian(both[16..], seat.Value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        return new CommandId(new Guid(hash[..16]));
    }

    /// <summary>At the gate: decide on the newest state there is, and hand the append to the writer without waiting for it.</summary>
    private async Task<Decided> Decide(
        DialogueId dialogue,
        LiveDialogue live,
        CommandId? id,
        DialogueCommand command,
        SeatId? seat,
        Role role,
        Action<DialogueState, Storage.DialogueDb>? with
    )
    {
        var waiting = Interlocked.Increment(ref live.Waiting);
        if (waiting > Limits.WaitingAtGate && seat is not null)
        {
            Interlocked.Decrement(ref live.Waiting);
            return new Decided(new Answer.Refused(RefusalCode.Busy));
        }
        await live.Gate.WaitAsync();
        Interlocked.Decrement(ref live.Waiting);
        try
        {
            if (live.UnderWay == 0)
                await Refresh(dialogue, live, CancellationToken.None);
            var before = live.Newest;
            if (before.Number == 0 && command is not PrepareDialogue)
                return new Decided(new Answer.Refused(RefusalCode.NoSuchDialogue));
            var by = new By(seat, seat is null ? role : before.State.Seat(seat)?.Role ?? Role.None);
            if (seat is { } here && by.Role != Role.None)
                connections.Saw(dialogue, here);
            var box = await boxes.ReadFor(dialogue, before.State, command);
            var now = time.GetUtcNow();
            var moment = new Moment(now, RandomNumberGenerator.GetInt32(int.MaxValue), box?.Entries, connections.PresentSeats(dialogue));
            var ruling = before.State.Decide(command, by, moment);
            if (ruling.Refusal is null && before.Number + ruling.Events.Count > Limits.EventsPerDialogue)
                ruling = RefusalCode.LogFull;
            if (ruling.Refusal is { } refused)
                return new Decided(refused, Under: live.UnderWay > 0 ? live.Last : null);

            foreach (var taken in ruling.Events.OfType<SeatTaken>())
                connections.Saw(dialogue, taken.Seat);
            var after = before.With(ruling.Events, ruling.Told);
            var opened = box is not null && ruling.Events.OfType<RoundClosed>().Any(closed => closed.Phase == box.Phase) ? box : null;
            var append = log.Append(
                new Append(
                    new Appended(dialogue, before.State, after.State, ruling.Events, after.Number, now) { Told = ruling.Told },
                    before.Number,
                    id,
                    opened,
                    with is null ? null : db => with(after.State, db)
                )
            );
            live.Newest = after;
            live.Last = append;
            live.UnderWay++;
            return new Decided(Refusal: null, After: after, Append: append);
        }
        finally
        {
            live.Gate.Release();
        }
    }

    /// <summary>Waits for the commit, and makes what landed the dialogue as everybody knows it.</summary>
    private async Task<bool> Settle(DialogueId dialogue, LiveDialogue live, Decided decided)
    {
        var landed = false;
        try
        {
            return landed = await decided.Append!;
        }
        finally
        {
            await live.Gate.WaitAsync();
            live.UnderWay--;
            if (landed && decided.After!.Number > live.Committed.Number)
            {
                live.Committed = decided.After;
                broadcast.Ring(dialogue, live.Committed);
            }
            // What was decided on top of a fallen append falls at the log; when the last has settled we begin again from what is committed.
            if (live.UnderWay == 0)
                live.Newest = live.Committed;
            live.Gate.Release();
        }
    }

    private static async Task<bool> Landed(Task<bool> append)
    {
        try
        {
            return await append;
        }
        catch (Exception e) when (e is not TooBusy and not OutcomeUnknown)
        {
            return false;
        }
    }

    private async Task<Answer?> Earlier(DialogueId dialogue, CommandId? id) =>
        id is { } asked && await log.Receipt(dialogue, asked, CancellationToken.None) is { } through ? new Answer.Accepted(through) : null;

    private async Task Refresh(DialogueId dialogue, LiveDialogue live, CancellationToken stop)
    {
        var tail = await log.Read(dialogue, live.Committed.Number, stop);
        if (tail.Count == 0)
            return;
        var after = live.Committed.With(tail);
        if (tail.Any(SeatNames.ChangeWith))
            after = after with { State = await names.Joined(dialogue, after.State, stop) };
        live.Committed = after;
        if (live.UnderWay == 0)
            live.Newest = live.Committed;
        broadcast.Ring(dialogue, live.Committed);
    }

    /// <param name="Under">The append on which a refusal rests, when that is still under way.</param>
    private sealed record Decided(Answer.Refused? Refusal, Snapshot? After = null, Task<bool>? Append = null, Task<bool>? Under = null);

    private sealed class LiveDialogue
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public volatile Snapshot Committed = Snapshot.Empty;
        public Snapshot Newest = Snapshot.Empty;
        public Task<bool>? Last;
        public int UnderWay;
        public int Waiting;
    }
}
