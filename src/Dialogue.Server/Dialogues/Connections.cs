using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>What a connection shows: changes of HTML, or the events themselves.</summary>
public enum ConnectionView
{
    Html,
    Events,
}

/// <summary>One open connection: who looks, in which language, and how far it has been sent.</summary>
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

    /// <summary>Keeps the room in memory for as long as the connection lives.</summary>
    internal RoomUse? Use { get; init; }

    internal LiveRoom Room => Use!.Room;

    /// <summary>How often it may call: shared by all connections of its seat.</summary>
    internal RateLimiter? Allowance { get; set; }

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

/// <summary>
/// The connections of one room, who is present and how often each may call. Presence is soft: it is nowhere stored and never in the log.
/// </summary>
public sealed class RoomConnections(TimeProvider time)
{
    /// <summary>Of one seat, over all its connections: thirty calls at once, ten a second after that.</summary>
    private static readonly TokenBucketRateLimiterOptions PerSeat = new()
    {
        TokenLimit = 30,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 0,
        AutoReplenishment = false,
    };

    private readonly ConcurrentDictionary<string, Connection> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SeatId, long> lastSeen = new();
    private readonly ConcurrentDictionary<SeatId, TokenBucketRateLimiter> allowances = new();
    private int changes;
    private volatile Counted counted = new(0, new HashSet<int>());

    /// <summary>Called when the first connection comes.</summary>
    internal Action First { get; set; } = static () => { };

    public IEnumerable<Connection> All => open.Select(one => one.Value);

    public bool Any => !open.IsEmpty;

    /// <summary>The numbers of the seats with a live connection; counted again only after somebody came or went.</summary>
    public IReadOnlySet<int> Present
    {
        get
        {
            var (now, known) = (Volatile.Read(ref changes), counted);
            if (known.At != now)
                counted = known = new(now, All.Select(connection => connection.Seat?.Value).OfType<int>().ToHashSet());
            return known.Seats;
        }
    }

    public void Add(Connection connection)
    {
        connection.Allowance = connection.Seat is { } seat
            ? allowances.GetOrAdd(seat, static _ => new TokenBucketRateLimiter(PerSeat))
            : new TokenBucketRateLimiter(PerSeat);
        open.TryAdd(connection.Line.ConnectionId, connection);
        Interlocked.Increment(ref changes);
        First();
    }

    public void Remove(Connection connection)
    {
        open.TryRemove(connection.Line.ConnectionId, out _);
        if (connection.Seat is { } seat)
            Saw(seat);
        Interlocked.Increment(ref changes);
    }

    /// <summary>Taking a seat and giving a command are signs of presence too, with or without a connection.</summary>
    public void Saw(SeatId seat) => lastSeen[seat] = time.GetTimestamp();

    /// <summary>Seats with a connection now or within <see cref="Limits.PresentFor"/>: what decisions count as present.</summary>
    public IReadOnlySet<SeatId> PresentSeats()
    {
        var present = new HashSet<SeatId>();
        foreach (var connection in open)
            if (connection.Value.Seat is { } seat)
                present.Add(seat);
        foreach (var (seat, at) in lastSeen)
            if (time.GetElapsedTime(at) <= Limits.PresentFor)
                present.Add(seat);
            else
                lastSeen.TryRemove(KeyValuePair.Create(seat, at));
        return present;
    }

    /// <returns>False: too many calls of this seat, not now.</returns>
    internal static bool MayCall(Connection connection)
    {
        var allowance = (TokenBucketRateLimiter)connection.Allowance!;
        allowance.TryReplenish();
        using var lease = allowance.AttemptAcquire();
        return lease.IsAcquired;
    }

    private sealed record Counted(int At, IReadOnlySet<int> Seats);
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
