using Dialogue.Look;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations;

/// <summary>The time zone of an organisation, read at each request: guests of a dialogue read in that of the organisation that holds
/// it.</summary>
public sealed class Zones(IDbContextFactory<DialogueDb> databases, TimeProvider time)
{
    /// <summary>What is used when an organisation names none that this machine knows.</summary>
    public const string Fallback = "Europe/Amsterdam";

    /// <summary>How moments are shown to readers of this organisation.</summary>
    public async Task<Moments> Of(Guid organisation, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var zone = await db.Set<OrganisationRow>()
            .Where(one => one.Id == organisation)
            .Select(one => one.TimeZone)
            .SingleOrDefaultAsync(stop);
        return In(zone);
    }

    /// <summary>How moments are shown in a zone by its IANA name; null or an unknown name is <see cref="Fallback"/>.</summary>
    public Moments In(string? zone) => new(Find(zone), time);

    /// <summary>A zone by its IANA name; null or an unknown name is <see cref="Fallback"/>.</summary>
    public static TimeZoneInfo Find(string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
            ? known
            : TimeZoneInfo.FindSystemTimeZoneById(Fallback);
}
