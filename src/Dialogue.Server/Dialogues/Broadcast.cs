using System.Collections.Concurrent;
using System.Diagnostics;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dialogue.Dialogues;

/// <summary>
/// Tells the connections of this node what happened, after the commit and never awaited by a command. The only class that speaks to the
/// outside.
/// It addresses people, not rooms: each connection has a position, and all who stand at the same one are sent the same bytes. Each dialogue
/// goes
/// round on its own, and a round takes whatever came since the last; a connection that cannot follow is left out until it can, and falls
/// behind
/// in position only, never in memory.
/// </summary>
public sealed partial class Broadcast(Connections connections, Batches batches, TimeProvider time, ILogger<Broadcast> log)
{
    /// <summary>People come, go and are ready in waves; what is shown of it follows this much later, once for all of them.</summary>
    private static readonly TimeSpan PresenceLag = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The least time between two rounds of one dialogue. The first thing that happens goes out at once; when much happens, what came
    /// within this
    /// time goes out together. Nobody sees the difference, and a busy room costs a fraction of the sends.
    /// </summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(40);

    private readonly ConcurrentDictionary<DialogueId, Feed> feeds = new();
    private readonly ConcurrentQueue<Feed> resting = new();
    private int atRest;

    /// <summary>The doorbell: this dialogue is at this number.</summary>
    public void Ring(DialogueId dialogue, Snapshot snapshot)
    {
        var feed = Of(dialogue);
        feed.Raise(snapshot);
        GoRound(feed);
    }

    /// <summary>The first pull says where a connection stands; from there on it is sent what follows.</summary>
    public void Pulled(Connection connection, Batch batch, Snapshot snapshot)
    {
        if (!batch.More)
            Interlocked.CompareExchange(ref connection.Sent, batch.Through, -1);
        Ring(connection.Dialogue, snapshot);
    }

    /// <summary>Who is here, or who is ready, changed: the list for guides and the count for all follow, without a number.</summary>
    public async Task PresenceChanged(DialogueId dialogue)
    {
        var feed = Of(dialogue);
        if (Interlocked.Exchange(ref feed.PresenceAwaited, 1) == 1)
            return;
        await Task.Delay(PresenceLag, time);
        Volatile.Write(ref feed.PresenceAwaited, 0);
        Volatile.Write(ref feed.PresenceChanged, true);
        GoRound(feed);
    }

    private Feed Of(DialogueId dialogue) => feeds.GetOrAdd(dialogue, static id => new Feed(id));

    private void GoRound(Feed feed)
    {
        if (Interlocked.Increment(ref feed.Rung) == 1)
            Begin(feed);
    }

    /// <summary>At once, or with the next beat when the dialogue has just been round.</summary>
    private void Begin(Feed feed)
    {
        if (feed.LastRound is not { } last || Stopwatch.GetElapsedTime(last) >= Breath)
        {
            _ = Task.Run(() => GoRounds(feed));
            return;
        }
        resting.Enqueue(feed);
        if (Interlocked.Increment(ref atRest) == 1)
            _ = Beat();
    }

    /// <summary>One timer for all dialogues that catch their breath, and none when all is quiet.</summary>
    private async Task Beat()
    {
        int rested;
        do
        {
            // The pace is that of the machine, not of the clock that a dialogue lives by.
            await Task.Delay(Breath, TimeProvider.System);
            for (rested = 0; resting.TryDequeue(out var feed); rested++)
                _ = Task.Run(() => GoRounds(feed));
        } while (Interlocked.Add(ref atRest, -rested) > 0);
    }

    /// <summary>One round at a time for each dialogue; whoever rings meanwhile is served by the next.</summary>
    private async Task GoRounds(Feed feed)
    {
        var heard = Volatile.Read(ref feed.Rung);
        feed.LastRound = Stopwatch.GetTimestamp();
        try
        {
            await Round(feed);
        }
        catch (Exception e)
        {
            // The push is a courtesy: the client notices the gap or its heartbeat does.
            PushFailed(log, e);
        }
        if (Interlocked.Add(ref feed.Rung, -heard) > 0)
            Begin(feed);
    }

    private async Task Round(Feed feed)
    {
        var snapshot = feed.Latest;
        var ready = connections.Of(feed.Dialogue).Where(one => one.Sent >= 0 && !Volatile.Read(ref one.Busy)).ToArray();
        if (ready.Length == 0)
            return;
        await using var drawing = batches.Draw();
        foreach (var group in ready.Where(one => one.Sent < snapshot.Number).GroupBy(one => one.StretchFrom(one.Sent, snapshot)))
        {
            var shared = await batches.Shared(group.Key, snapshot, drawing);
            var message = Message(feed.Dialogue, shared);
            foreach (var connection in group)
            {
                Write(
                    feed,
                    connection,
                    await batches.Own(connection, shared, snapshot, drawing) is { } own ? Message(feed.Dialogue, own) : message
                );
                connection.Sent = shared.Through;
                if (connection.Seat is not null && group.Key.Role == Role.None)
                    _ = LetGo(connection);
            }
            if (shared.More)
                GoRound(feed);
        }
        if (feed.SomebodyWasReady(snapshot))
            _ = PresenceChanged(feed.Dialogue);
        if (!feed.PresenceChanged)
            return;
        Volatile.Write(ref feed.PresenceChanged, false);
        foreach (
            var group in ready.Where(one => one.View == ConnectionView.Html).GroupBy(one => (one.Viewer(snapshot.State).Role, one.Language))
        )
        {
            var message = Message(
                feed.Dialogue,
                await batches.Presence(feed.Dialogue, snapshot, group.Key.Role, group.Key.Language, drawing)
            );
            foreach (var connection in group)
                Write(feed, connection, message);
        }
    }

    /// <summary>One message is turned into bytes once, however many it is sent to.</summary>
    private static SerializedHubMessage Message(DialogueId dialogue, Batch batch) =>
        new(new InvocationMessage(nameof(IDialogueClient.Receive), [dialogue, batch]));

    private void Write(Feed feed, Connection connection, SerializedHubMessage message)
    {
        var sending = connection.Line.WriteAsync(message);
        if (sending.IsCompletedSuccessfully)
            return;
        Volatile.Write(ref connection.Busy, true);
        _ = Finish(feed, connection, sending);
    }

    /// <summary>Who left or was taken from the table is told so, and then the line ends: nothing more is theirs to see.</summary>
    private static async Task LetGo(Connection connection)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        connection.Line.Abort();
    }

    /// <summary>A line that was full has room again, or is gone; what it missed meanwhile it gets in the next round.</summary>
    private async Task Finish(Feed feed, Connection connection, ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception e)
        {
            PushFailed(log, e);
        }
        Volatile.Write(ref connection.Busy, false);
        GoRound(feed);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A push failed; the client pulls.")]
    private static partial void PushFailed(ILogger log, Exception e);

    /// <summary>Where one dialogue stands, and whether somebody rang.</summary>
    private sealed class Feed(DialogueId dialogue)
    {
        private Snapshot latest = Snapshot.Empty;
        public int Rung;
        public long? LastRound;
        public int PresenceAwaited;
        public bool PresenceChanged;

        private int looked;

        public DialogueId Dialogue { get; } = dialogue;

        public bool SomebodyWasReady(Snapshot snapshot)
        {
            var since = snapshot.After(looked);
            looked = snapshot.Number;
            foreach (var happened in since)
                if (happened is ReadyMarked)
                    return true;
            return false;
        }

        public Snapshot Latest => Volatile.Read(ref latest);

        public void Raise(Snapshot snapshot)
        {
            for (var known = Latest; known.Number < snapshot.Number; )
            {
                var before = Interlocked.CompareExchange(ref latest, snapshot, known);
                if (ReferenceEquals(before, known))
                    return;
                known = before;
            }
        }
    }
}
