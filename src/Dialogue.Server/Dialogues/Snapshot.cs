namespace Dialogue.Dialogues;

/// <summary>A dialogue at one number. A snapshot never changes; readers keep the one they began with.</summary>
/// <param name="Log">All events; the array may be longer than <paramref name="Number"/>, what lies beyond is not of this snapshot.</param>
/// <param name="Head">The hash of the last event with all before it (<see cref="HashChain"/>): the stamp that the next append is
/// decided on. Two snapshots with the same number and head have the same history.</param>
public sealed record Snapshot(DialogueState State, int Number, DialogueEvent[] Log, byte[] Head)
{
    public static Snapshot Empty { get; } = new(DialogueState.Empty, 0, [], HashChain.Start);

    public ReadOnlySpan<DialogueEvent> After(int number) => Log.AsSpan(Math.Clamp(number, 0, Number)..Number);

    /// <summary>With these events on top; <paramref name="head"/> is the hash of the last of them.</summary>
    public Snapshot With(IReadOnlyList<DialogueEvent> events, byte[] head, DialogueState? state = null)
    {
        if (events.Count == 0)
            return this;
        var log = Log;
        if (log.Length < Number + events.Count)
            Array.Resize(ref log, Math.Max(64, (Number + events.Count) * 2));
        // Only the holder of the room's lock comes here, and no reader looks beyond its own number. What was decided on top of an append
        // that fell is overwritten.
        for (var i = 0; i < events.Count; i++)
            log[Number + i] = events[i];
        return new Snapshot(state ?? State.Fold(events), Number + events.Count, log, head);
    }

    /// <summary>The same, knowing this of people besides.</summary>
    public Snapshot Knowing(IReadOnlyList<PersonFact> told) => told.Count == 0 ? this : this with { State = State.Knowing(told) };

    /// <summary>The same with the names that were read; null leaves them as they are.</summary>
    public Snapshot Knowing(KnownPeople? people) =>
        people is null
            ? this
            : this with
            {
                State = State with { Names = people.Names, WaitingPeople = people.Waiting, People = people.Named },
            };
}
