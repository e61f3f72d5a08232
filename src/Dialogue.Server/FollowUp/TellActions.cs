using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.FollowUp;

/// <summary>
/// Tells the page of a case what became of its agreed actions: where each stands, what was handed in, what was seen of it. Reasons and
/// evidence only to whoever may open the action itself (<see cref="ActionAccess.Visible"/>).
/// </summary>
internal sealed class TellActions(DialogueDb db, ICurrentStaff current, IStringLocalizer<Words> words, TimeProvider time) : ITellsOfCase
{
    public async Task<IReadOnlyList<CaseStep>> Tell(Guid caseId, CancellationToken stop)
    {
        if (await current.Get(stop) is not { } staff)
            return [];
        // A question is for all staff; what came of it in a dialogue for its team only is not.
        var closed = db.Set<DialogueRow>().ClosedTo(db, staff).Select(dialogue => dialogue.Id);
        var actions = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.OrganisationId == staff.OrganisationId && !closed.Contains(row.DialogueId))
            .ToListAsync(stop);
        // What an action's own page shows to this person is shown here; of the others only where they stand.
        var ids = await db.Set<AgreedActionRow>()
            .Visible(db, staff)
            .Where(row => row.CaseId == caseId)
            .Select(row => row.Id)
            .ToListAsync(stop);
        var journal = (
            await db.Set<ActionJournalRow>().AsNoTracking().Where(line => ids.Contains(line.ActionId)).ToListAsync(stop)
        ).ToLookup(line => line.ActionId);
        var evidence = (await db.Set<EvidenceRow>().AsNoTracking().Where(one => ids.Contains(one.ActionId)).ToListAsync(stop)).ToLookup(
            one => one.ActionId
        );
        return [.. actions.SelectMany(action => Steps(action, ids.Contains(action.Id), journal[action.Id], evidence[action.Id]))];
    }

    private IEnumerable<CaseStep> Steps(
        AgreedActionRow action,
        bool visible,
        IEnumerable<ActionJournalRow> journal,
        IEnumerable<EvidenceRow> evidence
    )
    {
        var agreement = CaseStep.IdOf(action.DialogueId, OutcomeRecordRow.AgreementLocal(action.AgreementId));
        var last = journal.Where(line => line.Before != line.After).OrderBy(line => line.Number).LastOrDefault();
        yield return Step(
            "state",
            "s",
            last?.At ?? action.CreatedAt,
            words["State." + action.State],
            last?.Reason,
            visible ? $"/opvolging/{action.Id}" : null
        ) with
        {
            Standing = TellAgreements.StandingOf(action, words, time.GetUtcNow()),
        };
        foreach (var one in evidence)
            yield return Step("evidence", "e" + one.Id.ToString("N")[^8..], one.At, one.Text, one.Reference, null);
        var judged = journal.LastOrDefault(line => line.Effect is not null);
        if (visible && action.Effect is { } effect)
            yield return Step("effectSeen", "f", judged?.At ?? action.CreatedAt, words["ActionEffect." + effect], judged?.Reason, null);

        CaseStep Step(string kind, string mark, DateTimeOffset at, string text, string? note, string? address) =>
            new(agreement + "-" + mark, action.DialogueId, kind, at, text, note, address) { From = [new CaseCause(agreement, "of")] };
    }
}
