using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations;

/// <summary>Reads from the settings of the organisation whether everybody must sign in with two steps.</summary>
internal sealed class SecondFactorPolicy(DialogueDb db) : ISecondFactorPolicy
{
    public Task<bool> Required(Guid organisation, CancellationToken stop) =>
        db.Set<OrganisationRow>().AnyAsync(one => one.Id == organisation && one.RequireSecondFactor, stop);
}
