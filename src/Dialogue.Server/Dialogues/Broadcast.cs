using System.Collections.Concurrent;
using Dialogue.Dialogues.Room;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>
/// Tells the connections of this node what happened, after the commit and never awaited by a command. The only class that speaks to the outside.
/// It addresses people, not rooms: each connection has a position, and is sent what lies between there and now. A connection that cannot follow
/// keeps one send under way and falls behind in position only, never in memory. What is rendered is rendered once per role and language.
/// </summary>
public sealed partial class Broadcast(Connections connections, RoomRenderer renderer, Doors doors, IHubContext<DialogueHub, IDialogueClient> hub, TimeProvider time, ILogger<Broadcast> log)
{
    private readonly ConcurrentDictionary<DialogueId, Snapshot> latest = new();
    private readonly ConcurrentDictionary<RenderingKey, Lazy<Task<IReadOnlyList<Change>>>> renderings = new();

    /// <summary>The doorbell: this dialogue is at this number.</summary>
    public void Ring(DialogueId dialogue, Snapshot snapshot)
    {
        latest.AddOrUpdate(dialogue, snapshot, (_, known) => known.Number > snapshot.Number ? known : snapshot);
        foreach (var connection in connections.Of(dialogue)) Serve(connection);
    }

    /// <summary>Who is here changed: the guides' list of participants follows, without a number.</summary>
    public async Task PresenceChanged(DialogueId dialogue)
    {
        if (!latest.TryGetValue(dialogue, out var snapshot)) return;
        foreach (var group in connections.Of(dialogue).Where(one => one.View == ConnectionView.Html && one.Sent >= 0 && (one.Viewer(snapshot.State).Role & Role.Guides) != 0)
            .GroupBy(one => (one.Viewer(snapshot.State).Role, one.Language)))
        {
            var change = await renderer.People(await View(dialogue, snapshot, new Viewer(null, group.Key.Role), group.Key.Language));
            // After and Through are both zero: nothing happened in the log, so no client may take it for a step or a gap.
            foreach (var connection in group) Send(connection, new Batch(0, 0, More: false, Now, [change]));
        }
    }

    /// <summary>What a connection may see between two numbers. Pushed after a commit and pulled after a gap: the same.</summary>
    public async Task<Batch> Between(Connection connection, int after, Snapshot snapshot)
    {
        if (!latest.TryGetValue(connection.Dialogue, out var known) || known.Number < snapshot.Number) latest[connection.Dialogue] = snapshot;
        var viewer = connection.Viewer(snapshot.State);
        var (through, more) = connection.View == ConnectionView.Events && snapshot.Number - after > Limits.CatchUpPage
            ? (after + Limits.CatchUpPage, true) : (snapshot.Number, false);
        var batch = new Batch(after, through, more, Now);
        if (connection.View == ConnectionView.Events)
        {
            var events = new List<NumberedEvent>();
            for (var number = after + 1; number <= through; number++)
                if (viewer.MaySee(snapshot.Log[number - 1])) events.Add(new NumberedEvent(number, snapshot.Log[number - 1]));
            batch = batch with { Events = events };
        }
        else if (through > after)
        {
            batch = batch with { Changes = await Changes(connection, after, snapshot, viewer) };
        }
        return batch;
    }

    /// <summary>The first pull says where a connection stands; from there on it is sent what follows.</summary>
    public void Pulled(Connection connection, Batch batch)
    {
        if (batch.More) return;
        Interlocked.CompareExchange(ref connection.Sent, batch.Through, -1);
        Serve(connection);
    }

    private async Task<IReadOnlyList<Change>> Changes(Connection connection, int after, Snapshot snapshot, Viewer viewer)
    {
        var key = new RenderingKey(connection.Dialogue, after, snapshot.Number, viewer.Role, connection.Language);
        IReadOnlyList<Change> shared;
        try
        {
            shared = await renderings.GetOrAdd(key, _ => new(async () =>
            {
                var everybody = new Viewer(null, viewer.Role);
                var visible = Visible(snapshot, after, everybody);
                return visible.Count == 0 ? [] : await renderer.Shared(await View(connection.Dialogue, snapshot, everybody, connection.Language), visible);
            })).Value;
        }
        catch
        {
            // A drawing that failed is drawn again for whoever asks next, not remembered as failed.
            renderings.TryRemove(key, out _);
            throw;
        }
        if (renderings.Count > 200) renderings.Clear();
        if (viewer.Seat is null) return shared;
        var mine = Visible(snapshot, after, viewer);
        if (mine.Count == 0) return shared;
        var own = await renderer.Private(await View(connection.Dialogue, snapshot, viewer, connection.Language), mine);
        return own.Count == 0 ? shared : [.. shared, .. own];
    }

    private static List<DialogueEvent> Visible(Snapshot snapshot, int after, Viewer viewer)
    {
        var visible = new List<DialogueEvent>();
        foreach (var happened in snapshot.After(after)) if (viewer.MaySee(happened)) visible.Add(happened);
        return visible;
    }

    private async Task<RoomView> View(DialogueId dialogue, Snapshot snapshot, Viewer viewer, string language)
    {
        var door = await doors.Of(dialogue);
        return new RoomView(dialogue, door.Code, door.Address, snapshot.State, snapshot.Number, viewer, language, connections.Present(dialogue));
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One send at a time per connection; whoever comes meanwhile only marks that there is more.</summary>
    private void Serve(Connection connection)
    {
        if (connection.Sent < 0) return;
        Volatile.Write(ref connection.Behind, true);
        if (Interlocked.CompareExchange(ref connection.Busy, 1, 0) == 0) _ = ServeNow(connection);
    }

    private async Task ServeNow(Connection connection)
    {
        await Task.Yield();
        try
        {
            do
            {
                while (Volatile.Read(ref connection.Behind))
                {
                    Volatile.Write(ref connection.Behind, false);
                    var snapshot = latest[connection.Dialogue];
                    if (snapshot.Number <= connection.Sent) continue;
                    var batch = await Between(connection, connection.Sent, snapshot);
                    await hub.Clients.Client(connection.Id).Receive(connection.Dialogue, batch);
                    connection.Sent = batch.Through;
                    if (batch.More) Volatile.Write(ref connection.Behind, true);
                }
                Volatile.Write(ref connection.Busy, 0);
                // Somebody may have rung between the last look and the line above.
            } while (Volatile.Read(ref connection.Behind) && Interlocked.CompareExchange(ref connection.Busy, 1, 0) == 0);
        }
        catch (Exception e)
        {
            // The push is a courtesy: the client notices the gap or its heartbeat does.
            Volatile.Write(ref connection.Busy, 0);
            PushFailed(log, e);
        }
    }

    private void Send(Connection connection, Batch batch) => _ = hub.Clients.Client(connection.Id).Receive(connection.Dialogue, batch)
        .ContinueWith(sent => PushFailed(log, sent.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A push failed; the client pulls.")]
    private static partial void PushFailed(ILogger log, Exception e);

    private readonly record struct RenderingKey(DialogueId Dialogue, int After, int Through, Role Role, string Language);
}
