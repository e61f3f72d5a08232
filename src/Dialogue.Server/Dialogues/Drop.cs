using Dialogue.Anonymous;

namespace Dialogue.Dialogues;

/// <summary>
/// One entry into a sealed box. Its own door on purpose: no use case whose arguments are traced, no receipt, no seat, no log line.
/// </summary>
public sealed class Drop(LiveDialogues dialogues, SealedBox boxes)
{
    public async Task<Answer> Into(DialogueId dialogue, PhaseId box, Ticket ticket, SealedEntry? entry)
    {
        var snapshot = await dialogues.Read(dialogue);
        if (snapshot.State.Phase(box) is not { } phase)
            return new Answer.Refused(RefusalCode.NoSuchPhase);
        if (!phase.IsSealed)
            return new Answer.Refused(RefusalCode.NotSealed);
        if (snapshot.State.Stage != Stage.Running || !snapshot.State.IsCurrent(box))
            return new Answer.Refused(RefusalCode.PhaseNotOpen);
        if (!phase.RoundOpen)
            return new Answer.Refused(RefusalCode.BoxClosed);
        if (entry is not null)
        {
            var clean = phase.Kind.Seal(phase, entry);
            if (!clean.Ok)
                return clean.Refusal!;
            entry = clean.Value;
        }
        return await boxes.Put(dialogue, phase, ticket, entry, snapshot.Number);
    }
}
