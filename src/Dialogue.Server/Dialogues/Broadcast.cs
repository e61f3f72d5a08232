using System.Diagnostics;
using System.Threading.Channels;
using Dialogue.Dialogues.Room;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dialogue.Dialogues;

/// <summary>What waits to be sent to the connections of one room. One round is pending at most, whatever happens meanwhile.</summary>
internal sealed class RoomRounds
{
    private readonly Channel<bool> pending = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private int begun;
    private int presence;
    private int notices;
    private int presenceWaits;

    /// <summary>Up to this number it has been looked whether somebody was ready.</summary>
    internal int ReadySeen;

    /// <summary>Something was committed or a connection can take more: the next round sees it.</summary>
    public void Signal() => pending.Writer.TryWrite(true);

    public void End() => pending.Writer.TryComplete();

    /// <summary>True for the first who asks: rounds are run by one loop.</summary>
    internal bool Begin() => Interlocked.Exchange(ref begun, 1) == 0;

    internal ChannelReader<bool> Pending => pending.Reader;

    /// <summary>Whether saving is possible, or the log whole, changed: the banner follows.</summary>
    internal void NoticesChanged()
    {
        Volatile.Write(ref notices, 1);
        Signal();
    }

    internal bool TakeNotices() => Interlocked.Exchange(ref notices, 0) == 1;

    internal bool TakePresence() => Interlocked.Exchange(ref presence, 0) == 1;

    /// <summary>Debounced: people come, go and are ready in waves, and what is shown of it follows once for all of them.</summary>
    internal async Task PresenceChanged(TimeSpan debounce, TimeProvider time)
    {
        if (Interlocked.Exchange(ref presenceWaits, 1) == 1)
            return;
        await Task.Delay(debounce, time);
        Volatile.Write(ref presenceWaits, 0);
        Volatile.Write(ref presence, 1);
        Signal();
    }
}

/// <summary>
/// Tells the connections of this process what happened, after the commit and never awaited by a command. The only class that sends. It
/// addresses people, not rooms: each connection has a position, and all that have the same one are sent the same bytes. Each room has a
/// loop of its own; a round takes whatever came since the last, and a connection that cannot follow is left out until it can: it falls
/// behind in position only, never in memory.
/// </summary>
public sealed partial class Broadcast(Batches batches, TimeProvider time, ILogger<Broadcast> log)
{
    private static readonly TimeSpan PresenceDebounce = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The least time between two rounds of one room. The first thing that happens goes out at once; when much happens, what came within
    /// this time goes out together. Nobody sees the difference, and a busy room costs a fraction of the sends.
    /// </summary>
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(40);

    /// <summary>Starts the rounds of a room; they end when it is evicted.</summary>
    public void Begin(LiveRoom room)
    {
        if (!room.Rounds.Begin())
            return;
        // The loop outlives whoever connected first, and keeps nothing of that request.
        using var alone = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => Run(room));
    }

    /// <summary>The first pull says where a connection stands; from there on it is sent what follows.</summary>
    public void Pulled(Connection connection, Batch batch)
    {
        if (batch.More)
            return;
        Interlocked.CompareExchange(ref connection.Sent, batch.Through, -1);
        if (connection.Sent < connection.Room.Committed.Number)
            connection.Room.Rounds.Signal();
    }

    /// <summary>Who is here, or who is ready, changed: the list for guides and the count for all follow, without a number.</summary>
    public void PresenceChanged(LiveRoom room) => _ = room.Rounds.PresenceChanged(PresenceDebounce, time);

    private async Task Run(LiveRoom room)
    {
        while (await room.Rounds.Pending.WaitToReadAsync())
        {
            room.Rounds.Pending.TryRead(out _);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                await Round(room);
            }
            catch (Exception e)
            {
                // The push is a courtesy: the client notices the gap, or its heartbeat does.
                PushFailed(log, e);
            }
            // The pace is that of the machine, not of the clock that a dialogue lives by.
            if (BetweenRounds - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
                await Task.Delay(rest, TimeProvider.System);
        }
    }

    private async Task Round(LiveRoom room)
    {
        var snapshot = room.Committed;
        var ready = room.Connections.All.Where(one => one.Sent >= 0 && !Volatile.Read(ref one.Busy)).ToArray();
        if (ready.Length == 0)
            return;
        await using var drawing = batches.Draw();
        foreach (var group in ready.Where(one => one.Sent < snapshot.Number).GroupBy(one => one.StretchFrom(one.Sent, snapshot)))
            await Send(room, snapshot, group, drawing);
        if (SomebodyWasReady(room, snapshot))
            PresenceChanged(room);
        if (room.Rounds.TakePresence())
            await SendUnnumbered(room, snapshot, ready, drawing, batches.Presence);
        if (room.Rounds.TakeNotices())
            await SendUnnumbered(room, snapshot, ready, drawing, batches.Notices);
    }

    /// <summary>The same to all who stand at the same place. When it cannot be drawn, they and only they load the page again.</summary>
    private async Task Send(LiveRoom room, Snapshot snapshot, IGrouping<Stretch, Connection> group, Drawing drawing)
    {
        Batch shared;
        try
        {
            shared = await batches.Shared(room, group.Key, snapshot, drawing);
        }
        catch (Exception e)
        {
            NotDrawn(log, room.Id, group.Key.Role, group.Key.Language, group.Key.After, snapshot.Number, e);
            shared = batches.Reload(group.Key.After, snapshot);
        }
        var message = Message(room.Id, shared);
        foreach (var connection in group)
        {
            var toThis = message;
            try
            {
                if (shared.Hint is null && await batches.Own(room, connection, shared, snapshot, drawing) is { } own)
                    toThis = Message(room.Id, own);
            }
            catch (Exception e)
            {
                NotDrawn(log, room.Id, group.Key.Role, group.Key.Language, group.Key.After, snapshot.Number, e);
                toThis = Message(room.Id, batches.Reload(group.Key.After, snapshot));
            }
            Write(room, connection, toThis);
            connection.Sent = shared.Through;
            if (connection.Seat is not null && group.Key.Role == Role.None)
                _ = EndSoon(connection);
        }
        if (shared.More)
            room.Rounds.Signal();
    }

    private async Task SendUnnumbered(
        LiveRoom room,
        Snapshot snapshot,
        Connection[] ready,
        Drawing drawing,
        Func<LiveRoom, Snapshot, Role, string, Drawing, Task<Batch>> draw
    )
    {
        foreach (
            var group in ready.Where(one => one.View == ConnectionView.Html).GroupBy(one => (one.Viewer(snapshot.State).Role, one.Language))
        )
        {
            try
            {
                var message = Message(room.Id, await draw(room, snapshot, group.Key.Role, group.Key.Language, drawing));
                foreach (var connection in group)
                    Write(room, connection, message);
            }
            catch (Exception e)
            {
                NotDrawn(log, room.Id, group.Key.Role, group.Key.Language, snapshot.Number, snapshot.Number, e);
            }
        }
    }

    private static bool SomebodyWasReady(LiveRoom room, Snapshot snapshot)
    {
        var since = snapshot.After(room.Rounds.ReadySeen);
        room.Rounds.ReadySeen = snapshot.Number;
        foreach (var happened in since)
            if (happened is ReadyMarked)
                return true;
        return false;
    }

    /// <summary>One message is turned into bytes once, however many it is sent to.</summary>
    private static SerializedHubMessage Message(DialogueId dialogue, Batch batch) =>
        new(new InvocationMessage(nameof(IDialogueClient.Receive), [dialogue, batch]));

    private void Write(LiveRoom room, Connection connection, SerializedHubMessage message)
    {
        var sending = connection.Line.WriteAsync(message);
        if (sending.IsCompletedSuccessfully)
            return;
        Volatile.Write(ref connection.Busy, true);
        _ = Finish(room, connection, sending);
    }

    /// <summary>Who left or was removed is told so, and then the connection ends: nothing more is theirs to see.</summary>
    private static async Task EndSoon(Connection connection)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        connection.Line.Abort();
    }

    /// <summary>A connection that was full can take more, or is gone; what it missed meanwhile it gets in the next round.</summary>
    private async Task Finish(LiveRoom room, Connection connection, ValueTask sending)
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
        room.Rounds.Signal();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A push failed; the client pulls.")]
    private static partial void PushFailed(ILogger log, Exception e);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Dialogue {Dialogue} could not be drawn for {Role} in {Language} from {After} to {Through}; they load the page again."
    )]
    private static partial void NotDrawn(ILogger log, DialogueId dialogue, Role role, string language, int after, int through, Exception e);
}
