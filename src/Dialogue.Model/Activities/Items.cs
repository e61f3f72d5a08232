namespace Dialogue.Activities;

/// <summary>What all activities that make items share: numbering, showing, shuffling.</summary>
public static class Items
{
    /// <summary>A number that says nothing about when it was drawn.</summary>
    public static ItemId NewItemId(this Moment moment, DialogueState state, int offset = 0) =>
        moment.NewNumber(offset, number => state.Items.ContainsKey(new ItemId(number)));

    public static ItemId NewNumber(this Moment moment, int offset, Func<int, bool> taken)
    {
        var random = new Random(unchecked((moment.Seed * 397) ^ offset));
        int number;
        do number = random.Next(1, int.MaxValue);
        while (taken(number));
        return new ItemId(number);
    }

    /// <summary>Written is for the author; shown is for all. In a live phase the second follows at once.</summary>
    public static DialogueEvent[] Written(Item item, SeatId seat, bool show) =>
        show ? [new ItemWritten(seat, item), new ItemsRevealed(item.Phase, [item])] : [new ItemWritten(seat, item)];

    /// <summary>One of so many, by lot.</summary>
    public static int Draw(this Moment moment, int count) => new Random(moment.Seed).Next(count);

    /// <summary>One person fills no board.</summary>
    public static Answer.Refused TooMany =>
        new(
            RefusalCode.TooManyItems,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = $"{Limits.ItemsPerSeatAndPhase}" }
        );

    public static T[] Shuffled<T>(this IEnumerable<T> source, Moment moment)
    {
        var shuffled = source.ToArray();
        new Random(moment.Seed).Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>The items a phase works on: what was shown in the phases that its template names, or in all earlier ones.</summary>
    public static IEnumerable<Item> WorkedOn(this DialogueState state, PhaseState phase)
    {
        var from = phase.Template.Settings.WorksOn();
        return from.Count > 0
            ? from.SelectMany(key => state.ShownIn(new PhaseId(key)))
            : state.Phases.TakeWhile(earlier => earlier.Id != phase.Id).SelectMany(earlier => state.ShownIn(earlier.Id));
    }

    public static bool IsShown(this DialogueState state, ItemId id) => state.Items.TryGetValue(id, out var held) && held.IsShown;
}
