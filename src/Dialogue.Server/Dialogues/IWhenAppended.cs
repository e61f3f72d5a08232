using Dialogue.Storage;

namespace Dialogue.Dialogues;

/// <summary>
/// Somebody who keeps rows that follow from the log. Called inside the append's transaction, in the order of registration:
/// add rows to <paramref name="db"/> and do not save; if the transaction falls, everything falls. No mail, no push, no waiting here.
/// </summary>
public interface IWhenAppended
{
    Task Appended(DialogueDb db, Appended appended, CancellationToken stop);
}

/// <summary>What was just added to the log of one dialogue, with the state before and after.</summary>
public sealed record Appended(
    DialogueId Dialogue,
    DialogueState Before,
    DialogueState After,
    IReadOnlyList<DialogueEvent> Events,
    int Through,
    DateTimeOffset At
)
{
    /// <summary>What became known of people, for tables outside the log.</summary>
    public IReadOnlyList<PersonFact> Told { get; init; } = [];
}
