using Dialogue.Organisations.People;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// Erases somebody from agreed actions, their journal and their links. What was done stays; an owner or a verifier is then still to be
/// found, as when there never was one.
/// </summary>
internal sealed class ErasesOwners : IErasesPeople
{
    public async Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        var (account, names, addresses) = (person.Account, person.Names, person.Addresses);
        var actions = db.Set<AgreedActionRow>().Where(row => row.OrganisationId == person.Organisation);
        await actions
            .Where(row =>
                (account != null && row.OwnerAccountId == account)
                || names.Contains(row.OwnerName)
                || (row.OwnerEmail != null && addresses.Contains(row.OwnerEmail))
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.OwnerName, "")
                        .SetProperty(row => row.OwnerEmail, (string?)null)
                        .SetProperty(row => row.OwnerAccountId, (Guid?)null),
                stop
            );
        await actions
            .Where(row =>
                (account != null && row.VerifierAccountId == account)
                || (row.VerifierName != null && names.Contains(row.VerifierName))
                || (row.VerifierEmail != null && addresses.Contains(row.VerifierEmail))
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.VerifierName, (string?)null)
                        .SetProperty(row => row.VerifierEmail, (string?)null)
                        .SetProperty(row => row.VerifierAccountId, (Guid?)null),
                stop
            );
        await actions
            .Where(row =>
                (account != null && row.GuideAccountId == account)
                || (row.GuideName != null && names.Contains(row.GuideName))
                || (row.GuideEmail != null && addresses.Contains(row.GuideEmail))
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.GuideName, (string?)null)
                        .SetProperty(row => row.GuideEmail, (string?)null)
                        .SetProperty(row => row.GuideAccountId, (Guid?)null),
                stop
            );
        await actions
            .Where(row =>
                (account != null && row.FollowUpOwnerAccountId == account)
                || (row.FollowUpOwnerName != null && names.Contains(row.FollowUpOwnerName))
                || (row.FollowUpOwnerEmail != null && addresses.Contains(row.FollowUpOwnerEmail))
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.FollowUpOwnerName, (string?)null)
                        .SetProperty(row => row.FollowUpOwnerEmail, (string?)null)
                        .SetProperty(row => row.FollowUpOwnerAccountId, (Guid?)null),
                stop
            );

        var ids = actions.Select(row => row.Id);
        var lines = db.Set<ActionJournalRow>().Where(line => ids.Contains(line.ActionId));
        await lines
            .Where(line => names.Contains(line.Who))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Who, ErasedPerson.Nobody), stop);
        await lines
            .Where(line => line.OldPerson != null && names.Contains(line.OldPerson))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.OldPerson, (string?)null), stop);
        await lines
            .Where(line => line.NewPerson != null && names.Contains(line.NewPerson))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.NewPerson, (string?)null), stop);
        await lines
            .Where(line => line.FromWhom != null && names.Contains(line.FromWhom))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.FromWhom, (string?)null), stop);
        await db.Set<ActionLinkRow>()
            .Where(link => ids.Contains(link.ActionId) && (names.Contains(link.Name) || addresses.Contains(link.Email)))
            .ExecuteDeleteAsync(stop);
    }
}
