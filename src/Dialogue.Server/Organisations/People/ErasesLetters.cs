using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.People;

/// <summary>
/// Letters to somebody who is erased are not sent, and nothing of them is kept. In letters to others that are still to go out the name and
/// the addresses are replaced by an ellipsis. Letters of other organisations stay as they are.
/// </summary>
internal sealed class ErasesLetters : IErasesPeople
{
    private const string Ellipsis = "…";

    public async Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        // Letters of before there were several organisations name none.
        var letters = db.Set<OutboxRow>().Where(row => row.OrganisationId == person.Organisation || row.OrganisationId == Guid.Empty);
        foreach (var address in person.Addresses)
        {
            // The database may compare loosely (an underscore stands for any letter): what it finds is looked at once more.
            var found = await letters
                .Where(row => EF.Functions.Like(row.To, address))
                .Select(row => new { row.Id, row.To })
                .ToListAsync(stop);
            var ids = found.FindAll(row => string.Equals(row.To, address, StringComparison.OrdinalIgnoreCase)).ConvertAll(row => row.Id);
            await db.Set<OutboxRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(stop);
        }

        foreach (var word in person.Names.Concat(person.Addresses))
            await letters
                .Where(row =>
                    row.TextBody.Contains(word)
                    || row.Subject.Contains(word)
                    || (row.Facts != null && row.Facts.Contains(word))
                    || (row.LastError != null && row.LastError.Contains(word))
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.TextBody, row => row.TextBody.Replace(word, Ellipsis))
                            .SetProperty(row => row.Subject, row => row.Subject.Replace(word, Ellipsis))
                            .SetProperty(row => row.Facts, row => row.Facts == null ? null : row.Facts.Replace(word, Ellipsis))
                            .SetProperty(row => row.LastError, row => row.LastError == null ? null : row.LastError.Replace(word, Ellipsis)),
                    stop
                );
    }
}
