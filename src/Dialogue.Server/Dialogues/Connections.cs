using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>What a connection shows: changes of HTML, or the events themselves.</summary>
public enum ConnectionView
{
    Html,
    Events,
}

/// <summary>One open connection: who looks, in which language, and how far it has been served.</summary>
public sealed class Connection(
    HubConnectionContext line,
    DialogueId dialogue,
    SeatId? seat,
    Role role,
    string language,
    ConnectionView view,
    int moves = 0
)
{
    public HubConnectionContext Line { get; } = line;
    public DialogueId Dialogue { get; } = dialogue;
    public SeatId? Seat { get; } = seat;

    /// <summary>The role of a connection without a seat (a big screen); with a seat the role is read from the state each time.</summary>
    public Role Role { get; } = role;
    public string Language { get; } = language;
    public ConnectionView View { get; } = view;

    /// <summary>The number up to which this connection has been sent; below zero until its first catch-up says where it is.</summary>
    internal int Sent = -1;

    /// <summary>A send is under way that could not be finished at once.</summary>
    internal bool Busy;

    public Viewer Viewer(DialogueState state) =>
        Seat is { } id
            ? new Viewer(id, state.Seat(id) is { Left: false } seat && !Moved(state) ? seat.Role : Role.None)
            : new Viewer(null, Role);

    /// <summary>Whoever has this seat went on on another device since this connection was opened.</summary>
    public bool Moved(DialogueState state) => Seat is { } id && state.Moves.GetValueOrDefault(id) != moves;

    /// <summary>From a number to now, or to the end of a page of events.</summary>
    public Stretch StretchFrom(int after, Snapshot snapshot) =>
        new(
            Dialogue,
            after,
            View == ConnectionView.Events ? Math.Min(snapshot.Number, after + Limits.CatchUpPage) : snapshot.Number,
            View,
            Viewer(snapshot.State).Role,
            Language
        );
}

/// <summary>The connections of this node, by dialogue. Presence is soft: it is nowhere stored and never in the log.</summary>
public sealed class Connections(TimeProvider time)
{
    private readonly ConcurrentDictionary<DialogueId, Room> open = new();

    public void Add(Connection connection)
    {
        var room = open.GetOrAdd(connection.Dialogue, static _ => new Room());
        room.Connections.TryAdd(connection.Line.ConnectionId, connection);
        Interlocked.Increment(ref room.Changes);
    }

    public void Remove(Connection connection)
    {
        if (!open.TryGetValue(connection.Dialogue, out var room))
            return;
        room.Connections.TryRemove(connection.Line.ConnectionId, out _);
        if (connection.Seat is { } seat)
            room.LastSeen[seat] = time.GetTimestamp();
        Interlocked.Increment(ref room.Changes);
    }

    public IEnumerable<Connection> Of(DialogueId dialogue) =>
        open.TryGetValue(dialogue, out var room) ? room.Connections.Select(one => one.Value) : [];

    /// <summary>The numbers of the seats with a live connection; counted again only after somebody came or went.</summary>
    public IReadOnlySet<int> Present(DialogueId dialogue)
    {
        if (!open.TryGetValue(dialogue, out var room))
            return new HashSet<int>();
        var (changes, counted) = (Volatile.Read(ref room.Changes), room.Counted);
        if (counted.At != changes)
            room.Counted = counted = new(changes, Of(dialogue).Select(connection => connection.Seat?.Value).OfType<int>().ToHashSet());
        return counted.Present;
    }

    /// <summary>Taking a seat and giving a command are signs of presence too, with or without a connection.</summary>
    public void Saw(DialogueId dialogue, SeatId seat) =>
        open.GetOrAdd(dialogue, static _ => new Room()).LastSeen[seat] = time.GetTimestamp();

    /// <summary>Seats with a connection now or within <see cref="Limits.PresentFor"/>: what decisions count as present.</summary>
    public IReadOnlySet<SeatId> PresentSeats(DialogueId dialogue)
    {
        var present = new HashSet<SeatId>();
        if (!open.TryGetValue(dialogue, out var room))
            return present;
        foreach (var connection in room.Connections)
            if (connection.Value.Seat is { } seat)
                present.Add(seat);
        foreach (var (seat, at) in room.LastSeen)
            if (time.GetElapsedTime(at) <= Limits.PresentFor)
                present.Add(seat);
            else
                room.LastSeen.TryRemove(KeyValuePair.Create(seat, at));
        return present;
    }

    private sealed class Room
    {
        public readonly ConcurrentDictionary<SeatId, long> LastSeen = new();

        public readonly ConcurrentDictionary<string, Connection> Connections = new(StringComparer.Ordinal);
        public int Changes;
        public volatile Count Counted = new(0, new HashSet<int>());
    }

    private sealed record Count(int At, IReadOnlySet<int> Present);
}

/// <summary>
/// Hands each hub call its own line, so that what many are sent is turned into bytes once; all else is as the framework does it.
/// </summary>
public sealed class Lines(ILogger<DefaultHubLifetimeManager<DialogueHub>> log) : DefaultHubLifetimeManager<DialogueHub>(log)
{
    private static readonly object Key = new();

    public static HubConnectionContext Of(HubCallerContext caller) => (HubConnectionContext)caller.Items[Key]!;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Items[Key] = connection;
        return base.OnConnectedAsync(connection);
    }
}
