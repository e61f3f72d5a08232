using Dialogue.Dialogues.Room;
using Dialogue.Storage;
using Dialogue.Wire;

namespace Dialogue.Dialogues;

/// <summary>
/// What a connection may see between two numbers: pushed after a commit and pulled after a gap, it is made here. What is the same for
/// everybody with one role and language is made once; what is of one seat comes on top of that.
/// </summary>
public sealed class Batches(RoomRenderer renderer, Doors doors, SavingState saving, TimeProvider time)
{
    private const int RenderingsKept = 50;

    /// <summary>The batch for one connection, with what only its seat may see.</summary>
    public async Task<Batch> Between(LiveRoom room, Connection connection, int after, Snapshot snapshot)
    {
        await using var drawing = Draw();
        var shared = await Shared(room, connection.StretchFrom(after, snapshot), snapshot, drawing);
        return shared.Hint is null ? await Own(room, connection, shared, snapshot, drawing) ?? shared : shared;
    }

    /// <summary>For all that is drawn in one round.</summary>
    public Drawing Draw() => renderer.Begin();

    /// <summary>The page itself is the shorter way to what happened since.</summary>
    public Batch Reload(int after, Snapshot snapshot) => new(after, snapshot.Number, More: false, Now, Hint: BatchHint.Reload);

    /// <summary>Nothing now: ask again in some seconds.</summary>
    public Batch Later(int since) => new(since, since, More: true, Now, Hint: BatchHint.Later);

    /// <summary>The batch for everybody who stands at the same place, whoever they are.</summary>
    public async Task<Batch> Shared(LiveRoom room, Stretch stretch, Snapshot snapshot, Drawing drawing)
    {
        var batch = new Batch(stretch.After, stretch.Through, More: stretch.Through < snapshot.Number, Now);
        if (stretch.View == ConnectionView.Events)
            return batch with { Events = Events(stretch, snapshot, new Viewer(null, stretch.Role)) };
        if (stretch.Through - stretch.After > Limits.EventsDrawn)
            return Reload(stretch.After, snapshot);
        return stretch.Through > stretch.After ? batch with { Changes = await Rendered(room, stretch, snapshot, drawing) } : batch;
    }

    /// <summary>The same batch with what is for this seat alone, or null when there is nothing of that.</summary>
    public async Task<Batch?> Own(LiveRoom room, Connection connection, Batch shared, Snapshot snapshot, Drawing drawing)
    {
        if (connection.Seat is null || shared.Through == shared.After)
            return null;
        var viewer = connection.Viewer(snapshot.State);
        if (connection.View == ConnectionView.Events)
        {
            var events = Events(
                new Stretch(connection.Dialogue, shared.After, shared.Through, connection.View, viewer.Role, connection.Language),
                snapshot,
                viewer
            );
            return events.Count == shared.Events!.Count ? null : shared with { Events = events };
        }
        var visible = Visible(snapshot, shared.After, viewer);
        if (visible.Count == 0)
            return null;
        var view = await View(room, snapshot, viewer, connection.Language);
        var changes = await drawing.Private(view, visible);
        return changes.Count == 0 ? null : shared with { Changes = [.. shared.Changes ?? [], .. changes] };
    }

    /// <summary>
    /// Who is here and how many are ready: outside the numbers, since presence is nowhere stored and who is ready is not for all to see.
    /// </summary>
    public async Task<Batch> Presence(LiveRoom room, Snapshot snapshot, Role role, string language, Drawing drawing) =>
        Unnumbered(await drawing.Presence(await View(room, snapshot, new Viewer(null, role), language)));

    /// <summary>The banner that says that saving is not possible or that the log is damaged.</summary>
    public async Task<Batch> Notices(LiveRoom room, Snapshot snapshot, Role role, string language, Drawing drawing) =>
        Unnumbered(await drawing.Notices(await View(room, snapshot, new Viewer(null, role), language)));

    // After and Through are both zero: nothing happened in the log, so no client may take it for a step or a gap.
    private Batch Unnumbered(IReadOnlyList<Change> changes) => new(0, 0, More: false, Now, changes);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<Change>> Rendered(LiveRoom room, Stretch stretch, Snapshot snapshot, Drawing drawing)
    {
        try
        {
            return await room
                .Renderings.GetOrAdd(
                    stretch,
                    _ =>
                        new(async () =>
                        {
                            if (room.Renderings.Count > RenderingsKept)
                                room.Renderings.Clear();
                            var everybody = new Viewer(null, stretch.Role);
                            var visible = Visible(snapshot, stretch.After, everybody);
                            return visible.Count == 0
                                ? []
                                : await drawing.Shared(await View(room, snapshot, everybody, stretch.Language), visible);
                        })
                )
                .Value;
        }
        catch
        {
            // A drawing that failed is drawn again for whoever asks next, not remembered as failed.
            room.Renderings.TryRemove(stretch, out _);
            throw;
        }
    }

    private static List<NumberedEvent> Events(Stretch stretch, Snapshot snapshot, Viewer viewer)
    {
        var events = new List<NumberedEvent>();
        for (var number = stretch.After + 1; number <= stretch.Through; number++)
            if (viewer.MaySee(snapshot.Log[number - 1]))
                events.Add(new NumberedEvent(number, snapshot.Log[number - 1]));
        return events;
    }

    private static List<DialogueEvent> Visible(Snapshot snapshot, int after, Viewer viewer)
    {
        var visible = new List<DialogueEvent>();
        foreach (var happened in snapshot.After(after))
            if (viewer.MaySee(happened))
                visible.Add(happened);
        return visible;
    }

    private async ValueTask<RoomView> View(LiveRoom room, Snapshot snapshot, Viewer viewer, string language)
    {
        var door = await doors.Of(room);
        return new RoomView(room.Id, door.Code, door.Address, snapshot.State, snapshot.Number, viewer, language, room.Connections.Present)
        {
            CannotSave = !saving.Possible,
            DamagedAt = room.DamagedAt,
        };
    }
}

/// <summary>Two numbers in one dialogue, and who looks at what lies between them.</summary>
public readonly record struct Stretch(DialogueId Dialogue, int After, int Through, ConnectionView View, Role Role, string Language);
