using Dialogue.Anonymous;
using Dialogue.Storage;

namespace Dialogue.Dialogues;

/// <summary>
/// One entry into a sealed box. Its own door on purpose: no use case whose arguments are traced, no receipt, no seat, no log line.
/// </summary>
public sealed class Drop(LiveDialogues dialogues, SealedBox boxes)
{
    public async Task<Answer> Into(DialogueId dialogue, PhaseId box, Ticket ticket, SealedEntry? entry)
    {
        try
        {
            using var use = dialogues.Open(dialogue);
            var snapshot = await use.Room.Read(CancellationToken.None);
            if (OpenBox(snapshot.State, box) is not { Ok: true } open)
                return OpenBox(snapshot.State, box).Refusal!;
            if (use.Room.OpeningBox == box || use.Room.DamagedAt is not null)
                return new Answer.Refused(use.Room.DamagedAt is null ? RefusalCode.Busy : RefusalCode.LogDamaged);
            var phase = open.Value!;
            if (entry is not null)
            {
                var clean = phase.Kind.Seal(phase, entry);
                if (!clean.Ok)
                    return clean.Refusal!;
                entry = clean.Value;
            }
            return await boxes.Put(dialogue, phase, ticket, entry, snapshot.Number).WaitAsync(Limits.AnswerWithin);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return new Answer.Refused(RefusalCode.Busy);
        }
    }

    /// <summary>The phase with this box, when something may be put in it now.</summary>
    internal static Result<PhaseState> OpenBox(DialogueState state, PhaseId box) =>
        state.Phase(box) is not { } phase ? RefusalCode.NoSuchPhase
        : !phase.IsSealed ? RefusalCode.NotSealed
        : state.Stage != Stage.Running || !state.IsCurrent(box) ? RefusalCode.PhaseNotOpen
        : !phase.RoundOpen ? RefusalCode.BoxClosed
        : phase;
}
