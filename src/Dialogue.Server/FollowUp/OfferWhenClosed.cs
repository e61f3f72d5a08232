using Dialogue.Activities.Commit;
using Dialogue.Dialogues;
using Dialogue.Organisations;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>When a dialogue closes, what was confirmed in the room is offered to its owners in the same transaction.</summary>
internal sealed class OfferWhenClosed(OfferedActions offered) : IWhenAppended
{
    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        if (!appended.Events.OfType<DialogueClosed>().Any())
            return;
        var state = appended.After;
        var agreements = state.Agreements().Where(agreement => agreement.Confirmed).ToList();
        if (agreements.Count == 0)
            return;

        var card = await db.Set<DialogueRow>().AsNoTracking().FirstAsync(row => row.Id == appended.Dialogue.Value, stop);
        var organisation = await db.Set<OrganisationRow>().AsNoTracking().FirstAsync(row => row.Id == card.OrganisationId, stop);
        var guide = state.Seats.Values.FirstOrDefault(seat => seat.Role == Role.Facilitator)?.Id.Value;
        var account = await db.Set<SeatRow>()
            .Where(row => row.DialogueId == card.Id && row.Seat == guide)
            .Join(db.Users, row => row.AccountId, known => known.Id, (_, known) => new { known.Email, known.UnitId })
            .FirstOrDefaultAsync(stop);
        var unit = await UnitOf(db, state.Case?.Id.Value, account?.UnitId, stop);
        var intake = state.Intake;
        var from = new OfferedFrom(
            card.OrganisationId,
            appended.Dialogue,
            state.Title,
            state.Case?.Id,
            unit?.Name,
            Guide: new ActionPerson(card.Facilitator, account?.Email),
            FollowUpOwner: intake?.FollowUpOwner is { Length: > 0 } owner ? new ActionPerson(owner, intake.FollowUpOwnerEmail) : null,
            state.Language,
            organisation.TimeZone,
            agreements
                .SelectMany(agreement => agreement.Because)
                .Distinct()
                .Where(state.Items.ContainsKey)
                .ToDictionary(id => id, id => state.Items[id].Item.Text),
            agreements
                .SelectMany(agreement => agreement.BecauseValues)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(key => key, key => ValueVocabulary.Find(key)?.Name.In(state.Language) ?? key, StringComparer.Ordinal),
            unit?.Id
        );
        var agreed = agreements.ConvertAll(agreement => new AgreedWith(
            agreement,
            state.Person(PersonKey.Owner(agreement.Id)),
            state.Person(PersonKey.Verifier(agreement.Id))
        ));
        await offered.From(db, from, agreed, appended.At, stop);
    }

    /// <summary>The unit of whoever registered the question, else of the facilitator; null for the organisation as a whole.</summary>
    /// <param name="guide">The unit of the facilitator.</param>
    private static async Task<UnitRow?> UnitOf(DialogueDb db, Guid? question, Guid? guide, CancellationToken stop)
    {
        var registered = await db.Set<Cases.CaseRow>()
            .Where(row => row.Id == question)
            .Join(db.Users, row => row.RegisteredBy, account => account.Id, (_, account) => account.UnitId)
            .FirstOrDefaultAsync(stop);
        var id = registered ?? guide;
        return id is null ? null : await db.Set<UnitRow>().AsNoTracking().SingleOrDefaultAsync(unit => unit.Id == id, stop);
    }
}
