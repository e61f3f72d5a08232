namespace Dialogue.Dialogues;

/// <summary>
/// The commands of one dialogue that were accepted of late, by id: whoever sends one again because the answer was lost gets it from here.
/// Bounded: the oldest are forgotten, and then only the receipts in the database know them. Not thread-safe; the room's lock is held.
/// </summary>
internal sealed class RecentCommands(int most)
{
    private readonly Dictionary<CommandId, Receipt> known = [];
    private readonly Queue<CommandId> order = new();

    /// <summary>Every command of this dialogue that was ever accepted is here: one that is not here was never accepted.</summary>
    public bool Complete { get; private set; }

    public void Load(IReadOnlyList<Receipt> receipts, bool all)
    {
        known.Clear();
        order.Clear();
        Complete = all;
        foreach (var receipt in receipts)
            Add(receipt);
    }

    public void Add(Receipt receipt)
    {
        if (!known.TryAdd(receipt.Command, receipt))
            return;
        order.Enqueue(receipt.Command);
        if (order.Count <= most)
            return;
        known.Remove(order.Dequeue());
        Complete = false;
    }

    public bool TryGet(CommandId command, out Receipt receipt) => known.TryGetValue(command, out receipt);
}
