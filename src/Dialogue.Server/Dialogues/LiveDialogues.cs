using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dialogue.Dialogues;

/// <summary>A dialogue as this node knows it, at one number. A snapshot never changes; readers keep the one they began with.</summary>
/// <param name="Log">All events; the array may be longer than <paramref name="Number"/>, what lies beyond is not yet of this snapshot.</param>
public sealed record Snapshot(DialogueState State, int Number, DialogueEvent[] Log)
{
    public static Snapshot Empty { get; } = new(DialogueState.Empty, 0, []);

    public ReadOnlySpan<DialogueEvent> After(int number) => Log.AsSpan(Math.Clamp(number, 0, Number)..Number);

    public Snapshot With(IReadOnlyList<DialogueEvent> events, DialogueState? state = null)
    {
        if (events.Count == 0) return this;
        var log = Log;
        if (log.Length < Number + events.Count) Array.Resize(ref log, Math.Max(64, (Number + events.Count) * 2));
        // Only the holder of the gate comes here, and no reader looks beyond its own number.
        for (var i = 0; i < events.Count; i++) log[Number + i] = events[i];
        return new Snapshot(state ?? State.Fold(events), Number + events.Count, log);
    }
}

/// <summary>
/// The dialogues that this node has open. The gate of a dialogue is politeness, so that commands of one node do not overtake each other for
/// nothing: what decides is the primary key of the log.
/// </summary>
public sealed class LiveDialogues(DialogueLog log, SealedBox boxes, Broadcast broadcast, TimeProvider time)
{
    private readonly ConcurrentDictionary<DialogueId, LiveDialogue> open = new();

    /// <summary>The dialogue as of now. Reads the tail of the log when <paramref name="fresh"/> asks for it or nothing is known yet.</summary>
    public async Task<Snapshot> Read(DialogueId dialogue, bool fresh = false, CancellationToken stop = default)
    {
        var live = open.GetOrAdd(dialogue, static _ => new LiveDialogue());
        if (!fresh && live.Snapshot.Number > 0) return live.Snapshot;
        await live.Gate.WaitAsync(stop);
        try
        {
            await Refresh(dialogue, live, stop);
            return live.Snapshot;
        }
        finally
        {
            live.Gate.Release();
        }
    }

    /// <summary>
    /// Decides and appends. The role is looked up here, in the state that the decision is made on, so that a change of rights counts at once.
    /// </summary>
    /// <param name="role">The role of somebody without a seat; ignored when <paramref name="seat"/> is given.</param>
    /// <param name="with">Rows of the same moment, given the state after.</param>
    public async Task<Answer> Perform(DialogueId dialogue, CommandId? id, DialogueCommand command, SeatId? seat, Role role, Action<DialogueState, Storage.DialogueDb>? with = null)
    {
        var live = open.GetOrAdd(dialogue, static _ => new LiveDialogue());
        if (Interlocked.Increment(ref live.Waiting) > Limits.WaitingAtGate && seat is not null)
        {
            Interlocked.Decrement(ref live.Waiting);
            return new Answer.Refused(RefusalCode.Busy);
        }
        await live.Gate.WaitAsync();
        try
        {
            for (var attempt = 0; attempt < Limits.AppendAttempts; attempt++)
            {
                await Refresh(dialogue, live, CancellationToken.None);
                var before = live.Snapshot;
                if (before.Number == 0 && command is not PrepareDialogue) return new Answer.Refused(RefusalCode.NoSuchDialogue);
                var by = new By(seat, seat is null ? role : before.State.Seat(seat)?.Role ?? Role.None);
                var box = await boxes.ReadFor(dialogue, before.State, command);
                var ruling = before.State.Decide(command, by, new Moment(time.GetUtcNow(), RandomNumberGenerator.GetInt32(int.MaxValue), box?.Entries));
                if (ruling.Refusal is null && before.Number + ruling.Events.Count > Limits.EventsPerDialogue) ruling = RefusalCode.LogFull;
                if (ruling.Refusal is { } refused)
                    return id is { } asked && await log.Receipt(dialogue, asked, CancellationToken.None) is { } earlier ? new Answer.Accepted(earlier) : refused;

                var after = before.State.Fold(ruling.Events);
                var through = before.Number + ruling.Events.Count;
                var appended = new Appended(dialogue, before.State, after, ruling.Events, through, time.GetUtcNow());
                var opened = box is not null && ruling.Events.OfType<RoundClosed>().Any(closed => closed.Activity == box.Activity) ? box : null;
                if (await log.Append(new Append(appended, before.Number, id, opened, with is null ? null : db => with(after, db))))
                {
                    live.Snapshot = before.With(ruling.Events, after);
                    broadcast.Ring(dialogue, live.Snapshot);
                    return new Answer.Accepted(through);
                }
                if (id is { } again && await log.Receipt(dialogue, again, CancellationToken.None) is { } receipt) return new Answer.Accepted(receipt);
            }
            return new Answer.Refused(RefusalCode.Busy);
        }
        catch (Exception e) when (e is TooBusy or OutcomeUnknown)
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
        finally
        {
            live.Gate.Release();
            Interlocked.Decrement(ref live.Waiting);
        }
    }

    private async Task Refresh(DialogueId dialogue, LiveDialogue live, CancellationToken stop)
    {
        var tail = await log.Read(dialogue, live.Snapshot.Number, stop);
        if (tail.Count == 0) return;
        live.Snapshot = live.Snapshot.With(tail);
        broadcast.Ring(dialogue, live.Snapshot);
    }

    private sealed class LiveDialogue
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public volatile Snapshot Snapshot = Snapshot.Empty;
        public int Waiting;
    }
}
