using System.Collections.Concurrent;
using Dialogue.Operations;
using Dialogue.Storage;

namespace Dialogue.Dialogues;

/// <summary>
/// The dialogues that are open in this process, one <see cref="LiveRoom"/> each. A room is opened when somebody asks for it and evicted when
/// nobody is connected, nothing is under way and it was not used for <see cref="Limits.RoomIdle"/>; a dialogue that does not exist leaves
/// nothing behind.
/// </summary>
public sealed class LiveDialogues : BackgroundService
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<DialogueId, LiveRoom> open = new();
    private readonly RoomParts parts;
    private readonly Broadcast broadcast;
    private readonly TimeProvider time;

    public LiveDialogues(RoomParts parts, Broadcast broadcast, SavingState saving)
    {
        (this.parts, this.broadcast, time) = (parts, broadcast, parts.Time);
        saving.Changed += () =>
        {
            foreach (var room in open.Values)
                room.Rounds.NoticesChanged();
        };
        Telemetry.Meter.CreateObservableGauge("dialogue.rooms.open", () => open.Count);
    }

    /// <summary>How many dialogues this process holds in memory.</summary>
    public int Count => open.Count;

    /// <summary>All connections of this process, of all dialogues.</summary>
    public IEnumerable<Connection> Connections => open.Values.SelectMany(room => room.Connections.All);

    /// <summary>The room, kept in memory until the use is disposed of.</summary>
    public RoomUse Open(DialogueId dialogue)
    {
        while (true)
        {
            var room = open.GetOrAdd(dialogue, Make);
            if (room.Enter())
                return new RoomUse(room, this);
            open.TryRemove(KeyValuePair.Create(dialogue, room));
        }
    }

    /// <summary>The dialogue as it is committed. Without events when there is no such dialogue.</summary>
    public async Task<Snapshot> Read(DialogueId dialogue, CancellationToken stop = default)
    {
        using var use = Open(dialogue);
        return await use.Room.Read(stop);
    }

    /// <inheritdoc cref="LiveRoom.Perform"/>
    public async Task<Answer> Perform(
        DialogueId dialogue,
        CommandId? id,
        DialogueCommand command,
        SeatId? seat,
        Role role,
        Action<DialogueState, DialogueDb>? with = null
    )
    {
        using var use = Open(dialogue);
        return await use.Room.Perform(id, command, seat, role, with);
    }

    /// <summary>The numbers of the seats with a live connection in this process.</summary>
    public IReadOnlySet<int> Present(DialogueId dialogue) =>
        open.TryGetValue(dialogue, out var room) ? room.Connections.Present : new HashSet<int>();

    internal void Leave(LiveRoom room)
    {
        if (room.Leave())
            Evict(room, TimeSpan.Zero);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Sweep(stoppingToken), Look(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Sweep(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(BetweenSweeps, time);
        while (await timer.WaitForNextTickAsync(stop))
            foreach (var room in open.Values)
                Evict(room, Limits.RoomIdle);
    }

    /// <summary>Where another process may write too, rooms in which somebody is connected read the tail of their log every second.</summary>
    private async Task Look(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(BetweenLooks, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (parts.Database.SoleWriter)
                continue;
            foreach (var room in open.Values.Where(room => room.Connections.Any))
            {
                try
                {
                    await room.Read(stop);
                }
                catch (Exception e) when (Outage.Is(e))
                {
                    // The next look sees it.
                }
            }
        }
    }

    private void Evict(LiveRoom room, TimeSpan idle)
    {
        if (room.TryClose(idle))
            open.TryRemove(KeyValuePair.Create(room.Id, room));
    }

    private LiveRoom Make(DialogueId dialogue)
    {
<<<<<<< HEAD
        var room = new LiveRoom(dialogue, parts);
        room.Connections.First = () => broadcast.Begin(room);
        return room;
    }
}

/// <summary>A room that somebody works with, and that therefore stays in memory.</summary>
public sealed class RoomUse(LiveRoom room, LiveDialogues dialogues) : IDisposable
{
    private int ended;

    public LiveRoom Room => room;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
            dialogues.Leave(room);
=======
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
                connections.Saw(dialogue, taken.Seat.Id);
            var after = before.With(ruling.Events);
            var opened = box is not null && ruling.Events.OfType<RoundClosed>().Any(closed => closed.Phase == box.Phase) ? box : null;
            var append = log.Append(
                new Append(
                    new Appended(dialogue, before.State, after.State, ruling.Events, after.Number, now),
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
        live.Committed = live.Committed.With(tail);
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
>>>>>>> main
    }
}
