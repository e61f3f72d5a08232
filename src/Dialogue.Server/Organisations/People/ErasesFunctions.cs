using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>Erases somebody from the named functions and from the contacts of partner organisations.</summary>
internal sealed class ErasesFunctions : IErasesPeople
{
    public async Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        var (account, names, addresses) = (person.Account, person.Names, person.Addresses);
        await db.Set<FunctionRow>()
            .Where(row =>
                row.OrganisationId == person.Organisation
                && (
                    (account != null && row.AccountId == account)
                    || (row.MailboxName != null && names.Contains(row.MailboxName))
                    || (row.MailboxEmail != null && addresses.Contains(row.MailboxEmail))
                )
            )
            .ExecuteDeleteAsync(stop);
        await db.Set<PartnerContactRow>()
            .Where(row =>
                db.Set<PartnerRow>().Any(partner => partner.Id == row.PartnerId && partner.OrganisationId == person.Organisation)
                && (names.Contains(row.Name) || addresses.Contains(row.Email))
            )
            .ExecuteDeleteAsync(stop);
    }
}
