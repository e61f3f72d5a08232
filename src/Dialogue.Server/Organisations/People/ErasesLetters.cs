using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Letters to somebody who is erased are not sent, and nothing of them is kept. In letters to others that are still to go out the name and
/// the addresses are blotted out.
/// </summary>
internal sealed class ErasesLetters : IErasesPeople
{
    private const string Blot = "…";

    public async Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        var addresses = person.Addresses;
        foreach (var address in addresses)
        {
            // The database may compare loosely (an underscore stands for any letter): what it finds is looked at once more.
            var found = await db.Set<OutboxRow>()
                .Where(row => EF.Functions.Like(row.To, address))
                .Select(row => new { row.Id, row.To })
                .ToListAsync(stop);
            var ids = found.FindAll(row => string.Equals(row.To, address, StringComparison.OrdinalIgnoreCase)).ConvertAll(row => row.Id);
            await db.Set<OutboxRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(stop);
        }

        foreach (var word in person.Names.Concat(person.Addresses))
            await db.Set<OutboxRow>()
                .Where(row =>
                    row.TextBody.Contains(word)
                    || row.Subject.Contains(word)
                    || (row.Facts != null && row.Facts.Contains(word))
                    || (row.LastError != null && row.LastError.Contains(word))
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.TextBody, row => row.TextBody.Replace(word, Blot))
                            .SetProperty(row => row.Subject, row => row.Subject.Replace(word, Blot))
                            .SetProperty(row => row.Facts, row => row.Facts == null ? null : row.Facts.Replace(word, Blot))
                            .SetProperty(row => row.LastError, row => row.LastError == null ? null : row.LastError.Replace(word, Blot)),
                    stop
                );
    }
}
