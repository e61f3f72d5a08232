using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Look;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.FollowUp;

/// <summary>Tells the page of an outcome how its agreements stand today, so that one can go from there to each of them.</summary>
internal sealed class TellAgreements(DialogueDb db, IStringLocalizer<Words> words, TimeProvider time) : ITellsOfAgreements
{
    public async Task<IReadOnlyDictionary<int, AgreementNow>> Tell(Guid dialogue, StaffMember reader, CancellationToken stop)
    {
        var rows = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Visible(db, reader)
            .Where(row => row.DialogueId == dialogue)
            .ToListAsync(stop);
        return rows.ToDictionary(
            row => row.AgreementId,
            row => new AgreementNow($"/opvolging/{row.Id}", words["State." + row.State], StandingOf(row, words, time.GetUtcNow()))
        );
    }

    internal static CaseStanding StandingOf(AgreedActionRow row, IStringLocalizer<Words> words, DateTimeOffset now)
    {
        var late = ActionChanges.Read(row).DaysLate(LocalMoment.DateOf(now, ActionChanges.ZoneOf(row)));
        return new(
            StateLook.PillOf(row.State),
            StateLook.StepOf(row.State),
            StateLook.TrackOf(row.State),
            late > 0 ? words.Count("DaysLate", late) : null
        );
    }
}
