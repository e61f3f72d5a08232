using System.Collections.Concurrent;
using Dialogue.Storage;

namespace Dialogue.Dialogues;

/// <summary>
/// The dialogues that are open in this process, one <see cref="LiveRoom"/> each. A room is opened when somebody asks for it and evicted
/// when nobody is connected, nothing is under way and it was not used for <see cref="Limits.RoomIdle"/>; a dialogue that does not exist
/// leaves nothing behind.
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

    /// <summary>Where another process may write too, rooms in which somebody is connected read the tail of their log every
    /// second.</summary>
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
    }
}
