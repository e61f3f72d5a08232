using Dialogue.Organisations.People;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>Erases by whom a question was registered.</summary>
internal sealed class ErasesRegistrar : IErasesPeople
{
    public Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        var (account, names) = (person.Account, person.Names);
        return db.Set<CaseRow>()
            .Where(row =>
                row.OrganisationId == person.Organisation
                && ((account != null && row.RegisteredBy == account) || names.Contains(row.RegisteredByName))
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.RegisteredByName, ErasedPerson.Nobody).SetProperty(row => row.RegisteredBy, Guid.Empty),
                stop
            );
    }
}
