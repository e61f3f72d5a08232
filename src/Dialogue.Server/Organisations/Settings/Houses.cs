using Dialogue.Look;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Settings;

/// <summary>
/// Tells the frame what an organisation looks like; the addresses change with what is behind them, so that they may be kept. With a
/// context of its own: the frame is drawn while the page reads.
/// </summary>
internal sealed class Houses(IDbContextFactory<DialogueDb> databases) : IHouses
{
    public async Task<HouseLook?> Of(Guid organisation, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var known = await db.Set<OrganisationRow>()
            .Where(row => row.Id == organisation)
            .Select(row => new
            {
                row.Name,
                row.Accent,
                Logo = db.Set<LogoRow>().Where(logo => logo.OrganisationId == row.Id).Select(logo => logo.Hash).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(stop);
        return known is null
            ? null
            : new HouseLook(
                known.Name,
                known.Accent is { } accent ? $"/organisatie/{organisation}/tokens.css?v={accent[1..]}" : null,
                known.Logo is { } hash ? $"/organisatie/{organisation}/logo?v={hash[..8]}" : null
            );
    }
}
