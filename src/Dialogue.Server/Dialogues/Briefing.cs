using Dialogue.Cases;
using Dialogue.Storage;
using Dialogue.Templates;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>Reads the case and the method that a dialogue begins with; both are copied into it.</summary>
internal sealed class Briefing(IDbContextFactory<DialogueDb> databases, TemplateFolder templates) : IBriefing
{
    public async Task<Result<CaseBrief>> Brief(Guid caseId, Guid organisationId, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var row = await db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId && c.OrganisationId == organisationId, stop);
        return row is null ? RefusalCode.NoSuchItem : new CaseBrief(new CaseId(row.Id), row.Title, row.Story, row.Domain, []);
    }

    public SessionTemplate? Template(string key) => templates.Find(key);
}
