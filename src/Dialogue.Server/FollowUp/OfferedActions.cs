using System.Text.Json;
using Dialogue.Activities.Commit;
using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>Where agreed actions come from, and what is needed to explain them to people who were not there.</summary>
/// <param name="Unit">The part of the organisation that managers filter on.</param>
/// <param name="Guide">The facilitator: is told when an owner is late, and sees to a verifier.</param>
/// <param name="UnitId">The same unit by id, for its named functions.</param>
/// <param name="FollowUpOwner">Who keeps an eye on the follow-up: is told when the facilitator cannot be reached.</param>
/// <param name="ItemWords">The words of the items that agreements point at.</param>
/// <param name="ValueNames">The names of the values that agreements serve, in the language of the organisation.</param>
public sealed record OfferedFrom(
    Guid OrganisationId,
    DialogueId Dialogue,
    string DialogueTitle,
    CaseId? Case,
    string? Unit,
    ActionPerson? Guide,
    ActionPerson? FollowUpOwner,
    string Language,
    string Zone,
    IReadOnlyDictionary<ItemId, string> ItemWords,
    IReadOnlyDictionary<string, string> ValueNames,
    Guid? UnitId = null
);

/// <summary>What was agreed, and with whom.</summary>
/// <param name="Owner">Null when that is forgotten: then an owner is still to be found.</param>
public sealed record AgreedWith(Agreement Agreement, NamedPerson? Owner, NamedPerson? Verifier);

/// <summary>
/// Offers what a room agreed to its owners, once: rows, first journal line, nudges and one letter per owner are added to the
/// caller's transaction, which the caller saves. Agreements that were offered before and those not confirmed are passed over.
/// </summary>
public sealed class OfferedActions(ActionChanges changes, ActionLetters letters)
{
    /// <returns>The ids of the new agreed actions.</returns>
    public async Task<IReadOnlyList<Guid>> From(
        DialogueDb db,
        OfferedFrom from,
        IReadOnlyList<AgreedWith> agreements,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        var dialogue = from.Dialogue.Value;
        var known = (
            await db.Set<AgreedActionRow>().Where(row => row.DialogueId == dialogue).Select(row => row.AgreementId).ToListAsync(stop)
        ).ToHashSet();
        var today = LocalMoment.DateOf(at, Organisations.Zones.Find(from.Zone));
        var guide = await ActionAccess.AccountOf(db, from.OrganisationId, from.Guide?.Email, stop);
        var followUpOwner = await ActionAccess.AccountOf(db, from.OrganisationId, from.FollowUpOwner?.Email, stop);
        var rows = new List<AgreedActionRow>();
        foreach (var agreed in agreements.Where(one => one.Agreement.Confirmed && known.Add(one.Agreement.Id.Value)))
        {
            var agreement = agreed.Agreement;
            var name = Cut((agreed.Owner?.Name ?? "").Trim(), 200);
            var owner = Address(agreed.Owner?.Email);
            var verifier = string.IsNullOrWhiteSpace(agreed.Verifier?.Name)
                ? null
                : new ActionPerson(agreed.Verifier.Name.Trim(), Address(agreed.Verifier.Email));
            // Somebody who verifies their own work verifies nothing: then a verifier is still to be found.
            if (verifier is not null && verifier.IsSameAs(new ActionPerson(name, owner)))
                verifier = null;
            var row = new AgreedActionRow
            {
                Id = Guid.CreateVersion7(at),
                OrganisationId = from.OrganisationId,
                CaseId = from.Case?.Value,
                DialogueId = dialogue,
                DialogueTitle = Cut(from.DialogueTitle, 300),
                Unit = from.Unit is null ? null : Cut(from.Unit, 200),
                AgreementId = agreement.Id.Value,
                Text = agreement.Text,
                Kind = agreement.Kind,
                WhyText = WhyOf(from, agreement),
                Why = JsonSerializer.Serialize(
                    new { items = agreement.Because.Select(item => item.Value), values = agreement.BecauseValues }
                ),
                OwnerName = name,
                OwnerEmail = owner,
                OwnerAccountId = await ActionAccess.AccountOf(db, from.OrganisationId, owner, stop),
                VerifierName = verifier is null ? null : Cut(verifier.Name, 200),
                VerifierEmail = verifier?.Email,
                VerifierAccountId = await ActionAccess.AccountOf(db, from.OrganisationId, verifier?.Email, stop),
                GuideName = from.Guide?.Name,
                GuideEmail = Address(from.Guide?.Email),
                GuideAccountId = guide,
                FollowUpOwnerName = from.FollowUpOwner is null ? null : Cut(from.FollowUpOwner.Name.Trim(), 200),
                FollowUpOwnerEmail = Address(from.FollowUpOwner?.Email),
                FollowUpOwnerAccountId = followUpOwner,
                UnitId = from.UnitId,
                FirstStep = agreement.FirstStep,
                FirstStepDate = agreement.FirstStepDate,
                DueDate = agreement.DueDate,
                OriginalDueDate = agreement.DueDate,
                AskedOn = today,
                StateSince = today,
                Zone = from.Zone,
                Language = from.Language,
                IfThen = agreement.IfThen,
                EvidencePlan = agreement.EvidencePlan,
                Indicator = agreement.Indicator,
                State = ActionState.Offered,
                CreatedAt = at,
            };
            db.Add(row);
            ActionChanges.Journal(
                db,
                row,
                new(
                    ActionRoles.Facilitator,
                    from.Guide?.Name ?? "",
                    ActionStepKind.Offer,
                    ActionState.Proposed,
                    ActionState.Offered,
                    null,
                    JournalDetail.None
                ),
                at
            );
            await changes.PlanNudges(db, row, at, stop);
            rows.Add(row);
        }

        foreach (var mine in rows.GroupBy(row => row.OwnerEmail ?? row.Id.ToString()))
            await letters.AskOwner(db, [.. mine], at, stop);
        return [.. rows.Select(row => row.Id)];
    }

    private static string WhyOf(OfferedFrom from, Agreement agreement)
    {
        var words = agreement
            .Because.Where(from.ItemWords.ContainsKey)
            .Select(item => from.ItemWords[item])
            .Concat(agreement.BecauseValues.Select(value => from.ValueNames.GetValueOrDefault(value, value)));
        return string.Join(" · ", words);
    }

    private static string? Address(string? email) => Post.IsAddress(email, out var address) ? ActionAccess.Lower(address) : null;

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
