using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.FollowUp;

/// <summary>
/// Tells the page of a case what became of its agreed actions: where each stands, what was handed in, what was seen of it.
/// </summary>
internal sealed class TellActions(DialogueDb db, ICurrentStaff staff, IStringLocalizer<Words> words, TimeProvider time) : ITellsOfCase
{
    public async Task<IReadOnlyList<CaseStep>> Tell(Guid caseId, CancellationToken stop)
    {
        if (await staff.Get(stop) is not { } member)
            return [];
        // A question is for all staff; what came of it in a dialogue for its team only is not.
        var closed = db.Set<DialogueRow>().ClosedTo(db, member).Select(dialogue => dialogue.Id);
        var actions = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && !closed.Contains(row.DialogueId))
            .ToListAsync(stop);
        var ids = actions.ConvertAll(action => action.Id);
        var journal = (
            await db.Set<ActionJournalRow>().AsNoTracking().Where(line => ids.Contains(line.ActionId)).ToListAsync(stop)
        ).ToLookup(line => line.ActionId);
        var evidence = (await db.Set<EvidenceRow>().AsNoTracking().Where(one => ids.Contains(one.ActionId)).ToListAsync(stop)).ToLookup(
            one => one.ActionId
        );
        return [.. actions.SelectMany(action => Steps(action, journal[action.Id], evidence[action.Id]))];
    }

    private IEnumerable<CaseStep> Steps(AgreedActionRow action, IEnumerable<ActionJournalRow> journal, IEnumerable<EvidenceRow> evidence)
    {
        var agreement = CaseStep.IdOf(action.DialogueId, OutcomeRecordRow.AgreementLocal(action.AgreementId));
        var last = journal.Where(line => line.Before != line.After).OrderBy(line => line.Number).LastOrDefault();
        yield return Step(
            "state",
            "s",
            last?.At ?? action.CreatedAt,
            words["State." + action.State],
            Reason(last),
            $"/opvolging/{action.Id}"
        ) with
        {
            Standing = TellAgreements.StandingOf(action, words, time.GetUtcNow()),
        };
        foreach (var one in evidence)
            yield return Step("evidence", "e" + one.Id.ToString("N")[^8..], one.At, one.Text, one.Reference, null);
        if (action.Effect is { } effect)
            yield return Step("effectSeen", "f", last?.At ?? action.CreatedAt, words["ActionEffect." + effect], Reason(last), null);

        CaseStep Step(string kind, string mark, DateTimeOffset at, string text, string? note, string? address) =>
            new(agreement + "-" + mark, action.DialogueId, kind, at, text, note, address) { From = [new CaseCause(agreement, "of")] };
    }

    /// <summary>A verdict, an effect or a category stands before the words of the person and is said in the reader's language.</summary>
    private string? Reason(ActionJournalRow? line)
    {
        var list = line?.What switch
        {
            ActionStepKind.Verify => "Verdict.",
            ActionStepKind.JudgeEffect => "ActionEffect.",
            ActionStepKind.Drop => "DropCategory.",
            _ => null,
        };
        return
            list is not null
            && line!.Reason?.Split(": ", 2) is [var code, var said]
            && words[list + code] is { ResourceNotFound: false } known
            ? $"{known.Value}: {said}"
            : line?.Reason;
    }
}
