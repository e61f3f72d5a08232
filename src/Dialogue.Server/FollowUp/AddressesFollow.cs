using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// An account got another address: what was agreed is found by the account, and the address that stands beside it follows, so that nobody
/// reads an old one. Only rows of that account; somebody else with the same old address stays as they are.
/// </summary>
internal sealed class AddressesFollow : IWhenAddressChanged
{
    public async Task AddressChanged(DialogueDb db, Guid account, string from, string to, CancellationToken stop)
    {
        var email = ActionAccess.Lower(to);
        foreach (
            var row in await db.Set<AgreedActionRow>()
                .AsTracking()
                .Where(row =>
                    row.OwnerAccountId == account
                    || row.VerifierAccountId == account
                    || row.GuideAccountId == account
                    || row.FollowUpOwnerAccountId == account
                )
                .ToListAsync(stop)
        )
        {
            if (row.OwnerAccountId == account)
                row.OwnerEmail = email;
            if (row.VerifierAccountId == account)
                row.VerifierEmail = email;
            if (row.GuideAccountId == account)
                row.GuideEmail = email;
            if (row.FollowUpOwnerAccountId == account)
                row.FollowUpOwnerEmail = email;
        }
    }
}
