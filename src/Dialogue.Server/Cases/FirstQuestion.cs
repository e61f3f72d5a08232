using Dialogue.Organisations.Begin;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Cases;

/// <summary>The last of the first steps of an organisation: a question in the register.</summary>
internal sealed class FirstQuestion(DialogueDb db) : IFirstStep
{
    public string Key => "Question";

    public string Page => "/vragen/nieuw";

    public Task<bool> IsDone(Guid organisation, CancellationToken stop) =>
        db.Set<CaseRow>().AnyAsync(row => row.OrganisationId == organisation, stop);
}
