using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Functions;

/// <summary>Whoever holds a function now, and the address as it is now.</summary>
/// <param name="Account">Null for a mailbox.</param>
public sealed record FunctionHolder(string Name, string Email, Guid? Account);

/// <summary>
/// Who holds which named function, read when a letter is written: first the one of the unit, then of the unit above it, then of the
/// organisation. An account that has ended holds nothing.
/// </summary>
public sealed class FunctionHolders
{
    private readonly Dictionary<(Guid Organisation, Guid Scope, NamedFunction Function), FunctionHolder> holders = [];
    private readonly Dictionary<(Guid Organisation, string Name), (Guid Id, Guid? Parent)> units = [];
    private readonly Dictionary<Guid, Guid?> parents = [];

    private FunctionHolders() { }

    /// <summary>All holders of these organisations at once.</summary>
    public static async Task<FunctionHolders> Read(DialogueDb db, IReadOnlyCollection<Guid> organisations, CancellationToken stop)
    {
        var read = new FunctionHolders();
        var rows = await (
            from function in db.Set<FunctionRow>().AsNoTracking()
            where organisations.Contains(function.OrganisationId)
            join known in db.Users on function.AccountId equals (Guid?)known.Id into accounts
            from account in accounts.DefaultIfEmpty()
            select new
            {
                function.OrganisationId,
                function.ScopeId,
                function.Function,
                function.AccountId,
                function.MailboxName,
                function.MailboxEmail,
                Name = account == null ? null : account.Name,
                Email = account == null ? null : account.Email,
                Ended = account != null && account.DeactivatedAt != null,
            }
        ).ToListAsync(stop);
        foreach (var row in rows)
        {
            var email = row.AccountId is null ? row.MailboxEmail : row.Email;
            if (!row.Ended && !string.IsNullOrEmpty(email))
                read.holders[(row.OrganisationId, row.ScopeId, row.Function)] = new(
                    (row.AccountId is null ? row.MailboxName : row.Name) ?? email,
                    email,
                    row.AccountId
                );
        }

        foreach (var unit in await db.Set<UnitRow>().AsNoTracking().Where(u => organisations.Contains(u.OrganisationId)).ToListAsync(stop))
        {
            read.parents[unit.Id] = unit.ParentId;
            read.units[(unit.OrganisationId, unit.Name)] = (unit.Id, unit.ParentId);
        }

        return read;
    }

    /// <param name="unit">The unit that it is about, by id; null for the organisation as a whole.</param>
    /// <returns>Null when nobody holds this function, neither for the unit nor for the organisation.</returns>
    public FunctionHolder? Of(Guid organisation, NamedFunction function, Guid? unit = null)
    {
        for (var scope = unit; scope is { } id; scope = parents.GetValueOrDefault(id))
        {
            if (holders.TryGetValue((organisation, id, function), out var holder))
                return holder;
        }

        return holders.GetValueOrDefault((organisation, organisation, function));
    }

    /// <summary>The same for whoever knows a unit by its name; a name that is no unit any more counts as the organisation.</summary>
    public FunctionHolder? OfNamed(Guid organisation, NamedFunction function, string? unit) =>
        Of(organisation, function, unit is not null && units.TryGetValue((organisation, unit), out var known) ? known.Id : null);
}
