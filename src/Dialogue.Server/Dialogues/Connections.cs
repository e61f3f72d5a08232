using System.Collections.Concurrent;

namespace Dialogue.Dialogues;

/// <summary>What a connection shows: changes of HTML, or the events themselves.</summary>
public enum ConnectionView { Html, Events }

/// <summary>One open connection: who looks, in which language, and how far it has been served.</summary>
public sealed class Connection(string id, DialogueId dialogue, SeatId? seat, Role role, string language, ConnectionView view)
{
    public string Id { get; } = id;
    public DialogueId Dialogue { get; } = dialogue;
    public SeatId? Seat { get; } = seat;
    /// <summary>The role of a connection without a seat (a big screen); with a seat the role is read from the state each time.</summary>
    public Role Role { get; } = role;
    public string Language { get; } = language;
    public ConnectionView View { get; } = view;

    /// <summary>The number up to which this connection has been sent; below zero until its first catch-up says where it is.</summary>
    internal int Sent = -1;
    internal int Busy;
    internal bool Behind;

    public Viewer Viewer(DialogueState state) => Seat is { } id ? new Viewer(id, state.Seat(id) is { Left: false } seat ? seat.Role : Role.None) : new Viewer(null, Role);
}

/// <summary>The connections of this node, by dialogue. Presence is soft: it is nowhere stored and never in the log.</summary>
public sealed class Connections
{
    private readonly ConcurrentDictionary<DialogueId, ConcurrentDictionary<string, Connection>> open = new();

    public void Add(Connection connection) => open.GetOrAdd(connection.Dialogue, static _ => new()).TryAdd(connection.Id, connection);

    public void Remove(Connection connection)
    {
        if (open.TryGetValue(connection.Dialogue, out var those)) those.TryRemove(connection.Id, out _);
    }

    public IEnumerable<Connection> Of(DialogueId dialogue) => open.TryGetValue(dialogue, out var those) ? those.Values : [];

    public IReadOnlySet<int> Present(DialogueId dialogue) => Of(dialogue).Select(connection => connection.Seat?.Value).OfType<int>().ToHashSet();
}
