using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.Look;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.Outcomes;

/// <summary>Tells the page of a case which dialogues there were and what they left.</summary>
internal sealed class TellOutcomes(DialogueDb db, ICurrentStaff staff, IStringLocalizer<Words> words) : ITellsOfCase
{
    public async Task<IReadOnlyList<CaseStep>> Tell(Guid caseId, CancellationToken stop)
    {
        var steps = new List<CaseStep>();
        if (await staff.Get(stop) is not { } member)
            return steps;
        var cards = await db.Set<DialogueRow>().AsNoTracking().Where(row => row.CaseId == caseId).VisibleTo(db, member).ToListAsync(stop);
        foreach (var card in cards)
        {
            var dialogue = new DialogueId(card.Id);
            steps.Add(
                new CaseStep(
                    CaseStep.IdOf(card.Id, "dialoog"),
                    card.Id,
                    "dialogue",
                    card.ClosedAt ?? card.PreparedAt,
                    card.Title,
                    words["Stage." + card.Stage],
                    card.Stage == Stage.Closed ? $"/dialogen/{dialogue}/uitkomst" : $"/dialogen/{dialogue}/voorbereiden"
                )
            );
        }

        var closed = cards.Where(card => card.ClosedAt is not null).ToDictionary(card => card.Id, card => card.ClosedAt!.Value);
        var ids = closed.Keys.ToList();
        var records = await db.Set<OutcomeRecordRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.Kind != OutcomeKind.Evaluation)
            .OrderBy(row => row.Place)
            .ToListAsync(stop);
        var links = await db.Set<OutcomeLinkRow>().AsNoTracking().Where(row => ids.Contains(row.DialogueId)).ToListAsync(stop);
        var people = await OutcomePeople.Read(db, ids, stop);
        var byId = records.ToDictionary(record => record.Id);
        var from = links.Where(link => byId.ContainsKey(link.To)).ToLookup(link => link.From);
        steps.AddRange(
            records
                .Where(record => closed.ContainsKey(record.DialogueId))
                .Select(record =>
                {
                    var detail = OutcomeJson.Read<RecordDetail>(record.Detail);
                    if (people.GetValueOrDefault(record.DialogueId) is { } named)
                        detail = named.Join(record, detail);
                    return new CaseStep(
                        StepId(record),
                        record.DialogueId,
                        record.Kind.Word(),
                        closed[record.DialogueId],
                        Text(record, detail),
                        Note(record, detail)
                    )
                    {
                        From = [.. from[record.Id].Select(link => new CaseCause(StepId(byId[link.To]), link.Kind))],
                    };
                })
        );
        return steps;
    }

    private static string StepId(OutcomeRecordRow record) => CaseStep.IdOf(record.DialogueId, record.Local);

    private static string Text(OutcomeRecordRow record, RecordDetail detail) =>
        record.Kind switch
        {
            OutcomeKind.ValueAtStake => detail.Subject?.In(Language.Current) ?? record.Text,
            OutcomeKind.Review => detail.Date is { } date ? Moments.Date(date) : record.Text,
            _ => record.Text,
        };

    private string? Note(OutcomeRecordRow record, RecordDetail detail) =>
        record.Kind switch
        {
            OutcomeKind.Fact when detail.Certainty is { } certainty => words["Certainty." + certainty.Word()],
            OutcomeKind.Decision => $"{words["Sort." + detail.Result?.Word()]}. {detail.Reasons}",
            OutcomeKind.MinorityView when detail.RecheckWhen is { } when => words["RecheckWhen", when],
            OutcomeKind.Agreement => words[
                "OwnerAndDate",
                detail.Owner ?? words["Nobody"].Value,
                detail.DueDate is { } due ? Moments.ShortDate(due) : ""
            ],
            OutcomeKind.Risk => words["RiskLine", detail.BorneBy ?? words["Nobody"].Value, detail.AcceptedBy ?? words["Nobody"].Value],
            OutcomeKind.ValueAtStake => ValueVocabulary.Find(record.Bucket)?.Meaning.In(Language.Current),
            _ => null,
        };
}
