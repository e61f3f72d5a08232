using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// Writes what a step changes: row, journal, evidence, nudges, links and letters, all in the caller's transaction. So a reminder
/// can never disagree with a date, and nobody is told of something that did not happen.
/// </summary>
public sealed class ActionChanges(ActionLetters letters, FollowUpPolicies policies)
{
    public static AgreedAction Read(AgreedActionRow row) =>
        new(
            row.State,
            row.Kind,
            string.IsNullOrEmpty(row.OwnerName) ? null : new(row.OwnerName, row.OwnerEmail),
            string.IsNullOrEmpty(row.VerifierName) ? null : new(row.VerifierName, row.VerifierEmail),
            row.FirstStep,
            row.FirstStepDate,
            row.DueDate,
            row.OriginalDueDate,
            row.IfThen,
            row.EvidencePlan,
            row.DateChanges,
            row.AskedOn,
            row.StateSince
        );

    public static TimeZoneInfo ZoneOf(AgreedActionRow row) => Organisations.Zones.Find(row.Zone);

    /// <summary>Puts the change on a tracked row and adds everything that belongs to it. The caller saves.</summary>
    public async Task Apply(
        DialogueDb db,
        AgreedActionRow row,
        ActionStep step,
        ActionChange change,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var before = Read(row);
        var after = change.Action;
        foreach (var entry in change.Entries)
            Journal(db, row, entry, now);
        foreach (var one in change.Evidence)
        {
            db.Add(
                new EvidenceRow
                {
                    Id = Guid.CreateVersion7(now),
                    ActionId = row.Id,
                    JournalNumber = row.Version,
                    Kind = one.Kind,
                    Text = one.Text.Trim(),
                    Reference = string.IsNullOrWhiteSpace(one.Reference) ? null : one.Reference.Trim(),
                    At = now,
                }
            );
        }

        (row.State, row.StateSince, row.FirstStep, row.FirstStepDate, row.IfThen) = (
            after.State,
            after.StateSince,
            after.FirstStep,
            after.FirstStepDate,
            after.IfThen
        );
        (row.DueDate, row.DateChanges, row.AskedOn, row.EvidencePlan) = (
            after.DueDate,
            after.DateChanges,
            after.AskedOn,
            after.EvidencePlan
        );
        if (step is ActionStep.JudgeEffect judged)
            row.Effect = judged.Effect;
        if (step is ActionStep.Reopen)
            row.Effect = null;
        if (step is ActionStep.Supersede other)
            row.SuccessorId = other.Successor;

        if (after.Owner != before.Owner && after.Owner is { } owner)
        {
            (row.OwnerName, row.OwnerEmail) = (owner.Name.Trim(), ActionAccess.Lower(owner.Email));
            row.OwnerAccountId = await ActionAccess.AccountOf(db, row.OrganisationId, row.OwnerEmail, stop);
            await ActionLinks.Revoke(db, row.Id, LinkPurpose.Owner, now, stop);
        }
        if (after.Verifier != before.Verifier)
        {
            (row.VerifierName, row.VerifierEmail) = (after.Verifier?.Name.Trim(), ActionAccess.Lower(after.Verifier?.Email));
            row.VerifierAccountId = await ActionAccess.AccountOf(db, row.OrganisationId, row.VerifierEmail, stop);
            await ActionLinks.Revoke(db, row.Id, LinkPurpose.Verifier, now, stop);
        }
        if (row.State is ActionState.Closed or ActionState.Dropped or ActionState.Superseded)
        {
            await ActionLinks.Revoke(db, row.Id, LinkPurpose.Owner, now, stop);
            await ActionLinks.Revoke(db, row.Id, LinkPurpose.Verifier, now, stop);
        }

        await PlanNudges(db, row, now, stop);

        // Only who has to do something now gets a letter; all others read it in the digest or on the page.
        switch (step)
        {
            case ActionStep.Offer or ActionStep.HandOver:
                await letters.AskOwner(db, [row], now, stop);
                break;
            case ActionStep.ReportDone:
                await letters.AskVerifier(db, row, now, stop);
                break;
            case ActionStep.AppointVerifier when row.State == ActionState.ReportedDone:
                await letters.AskVerifier(db, row, now, stop);
                break;
            case ActionStep.Reject or ActionStep.Verify when row.State == ActionState.Rejected:
                await letters.TellRejected(db, row, change.Entries[^1].Reason ?? "", now, stop);
                break;
        }
    }

    public static void Journal(DialogueDb db, AgreedActionRow row, JournalEntry entry, DateTimeOffset now) =>
        db.Add(
            new ActionJournalRow
            {
                ActionId = row.Id,
                Number = ++row.Version,
                Role = entry.As,
                Who = entry.Who,
                What = entry.What,
                Before = entry.Before,
                After = entry.After,
                Reason = entry.Reason,
                Verdict = entry.Detail.Verdict,
                Effect = entry.Detail.Effect,
                Category = entry.Detail.Category,
                OldDate = entry.Detail.OldDate,
                NewDate = entry.Detail.NewDate,
                OldPerson = entry.Detail.OldPerson is { } old ? PlainText.Cut(old, 200) : null,
                NewPerson = entry.Detail.NewPerson is { } next ? PlainText.Cut(next, 200) : null,
                FromWhom = entry.Detail.FromWhom,
                At = now,
            }
        );

    /// <summary>Lays the plan beside the rows: what was sent stays, what is no longer planned goes, what is new comes.</summary>
    public async Task PlanNudges(DialogueDb db, AgreedActionRow row, DateTimeOffset now, CancellationToken stop)
    {
        var zone = ZoneOf(row);
        var policy = await policies.Of(db, row.OrganisationId, stop);
        var there = await db.Set<NudgeRow>().Where(nudge => nudge.ActionId == row.Id).ToListAsync(stop);
        var plan = NudgePlan.For(Read(row), policy);
        foreach (var old in there.Where(old => old.SentAt is null && !plan.Any(nudge => IsSame(nudge, old))))
            db.Remove(old);
        foreach (var nudge in plan)
        {
            var at = LocalMoment.At(nudge.On, policy.At, zone);
            if (there.Find(old => IsSame(nudge, old)) is { } known)
            {
                if (known.SentAt is null)
                    known.At = at;
                continue;
            }
            db.Add(
                new NudgeRow
                {
                    Id = Guid.CreateVersion7(now),
                    ActionId = row.Id,
                    Kind = nudge.Kind,
                    To = nudge.To,
                    About = nudge.About,
                    Round = nudge.Round,
                    At = at,
                }
            );
        }

        static bool IsSame(Nudge nudge, NudgeRow row) => nudge.Kind == row.Kind && nudge.About == row.About && nudge.Round == row.Round;
    }
}
