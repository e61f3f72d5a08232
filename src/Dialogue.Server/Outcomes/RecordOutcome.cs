using Dialogue.Dialogues;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Outcomes;

/// <summary>
/// Writes down what guides do while a dialogue runs, and its outcome when it closes; in the transaction of the log, so that a dialogue that
/// is closed has an outcome and one that is not has none.
/// </summary>
internal sealed class RecordOutcome : IWhenAppended
{
    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        var first = appended.Through - appended.Events.Count + 1;
        for (var index = 0; index < appended.Events.Count; index++)
            if (GuideActs.Of(appended.Events[index], appended, first + index) is { } act)
                db.Add(act);

        if (appended.Before.Stage == Stage.Closed || appended.After is not { Stage: Stage.Closed, Case: { } about })
            return;
        var organisation = await db.Set<DialogueRow>()
            .Where(row => row.Id == appended.Dialogue.Value)
            .Select(row => row.OrganisationId)
            .SingleAsync(stop);
        var outcome = new OutcomeRecords(appended.After, appended.Dialogue, organisation);
        db.Add(
            new OutcomeRow
            {
                DialogueId = appended.Dialogue.Value,
                CaseId = about.Id.Value,
                OrganisationId = organisation,
                Title = appended.After.Title,
                ClosedAt = appended.After.ClosedAt ?? appended.At,
                Head = OutcomeJson.Write(outcome.Head),
            }
        );
        db.AddRange(outcome.Records);
        db.AddRange(outcome.Links);
    }
}

/// <summary>Which events are acts of power, and how they are told. Never who of the table they were about.</summary>
internal static class GuideActs
{
    public static GuideActRow? Of(DialogueEvent happened, Appended appended, int sequence) =>
        happened switch
        {
            LobbyOpened { OverrideReason: { } reason } => Act("openedAnyway", appended, sequence, null, reason),
            SeatTaken { Role: Role.CoFacilitator } => Act("guideJoined", appended, sequence, null, null),
            DoorLocked => Act("doorLocked", appended, sequence, null, null),
            DoorUnlocked => Act("doorUnlocked", appended, sequence, null, null),
            RoleGiven => Act("roleGiven", appended, sequence, null, null),
            SeatReturned e when appended.Before.Seat(e.Seat) is { Removed: true } => Act("seatReturned", appended, sequence, null, null),
            LobbyOpened => Act("opened", appended, sequence, null, null),
            PhaseStarted e => Act("phaseStarted", appended, sequence, e.To, null),
            RoundClosed e => Act("roundClosed", appended, sequence, e.Phase, null),
            RoundReopened e => Act("roundReopened", appended, sequence, e.Phase, null),
            PhaseExtended e => Act(
                "phaseExtended",
                appended,
                sequence,
                e.Phase,
                e.Minutes.ToString("+0;-0", System.Globalization.CultureInfo.InvariantCulture)
            ),
            DialoguePaused => Act("paused", appended, sequence, null, null),
            DialogueResumed => Act("resumed", appended, sequence, null, null),
            ItemHidden e => Act("itemHidden", appended, sequence, appended.After.Items.GetValueOrDefault(e.Item)?.Item.Phase, e.Reason),
            ItemUnhidden e => Act("itemShownAgain", appended, sequence, appended.After.Items.GetValueOrDefault(e.Item)?.Item.Phase, null),
            FactChecked e => Act("factChecked", appended, sequence, appended.After.Items.GetValueOrDefault(e.Item)?.Item.Phase, e.Source),
            // The reason is for the guides and for whom it was about, not for the readers of the report.
            SeatRemoved => Act("seatRemoved", appended, sequence, null, null),
            DialogueClosed e => Act("closed", appended, sequence, null, e.NoAgreementsBecause),
            _ => null,
        };

    private static GuideActRow Act(string kind, Appended appended, int sequence, PhaseId? phase, string? reason)
    {
        var title = phase is { } id ? appended.After.Phase(id)?.Template.Title : null;
        return new GuideActRow
        {
            DialogueId = appended.Dialogue.Value,
            Sequence = sequence,
            Kind = kind,
            At = appended.At,
            About = title?.Nl,
            AboutEnglish = title?.En,
            Reason = reason,
        };
    }
}
