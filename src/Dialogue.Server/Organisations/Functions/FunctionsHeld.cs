using Dialogue.Access;
using Dialogue.Organisations.People;
using Dialogue.Storage;
using Dialogue.Trail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.Organisations.Functions;

/// <summary>The named functions that somebody holds.</summary>
internal sealed class FunctionsHeld(DialogueDb db, TimeProvider time, IStringLocalizer<Words> words) : IHeldByPeople
{
    public async Task<IReadOnlyList<HeldThing>> HeldBy(Guid organisation, Guid account, CancellationToken stop)
    {
        var held = await (
            from function in db.Set<FunctionRow>()
            where function.OrganisationId == organisation && function.AccountId == account
            join part in db.Set<UnitRow>() on function.UnitId equals (Guid?)part.Id into parts
            from unit in parts.DefaultIfEmpty()
            select new
            {
                function.Id,
                function.Function,
                Unit = unit == null ? null : unit.Name,
            }
        ).ToListAsync(stop);
        return
        [
            .. held.Select(one => new HeldThing(
                HeldKind.HoldsFunction,
                "function-" + one.Id.ToString("N"),
                $"{words["Function." + one.Function].Value} ({one.Unit ?? words["Function.Whole"].Value})",
                "/beheer/functies"
            )),
        ];
    }

    public async Task<Result<bool>> HandOn(StaffMember by, HeldThing thing, StaffMember to, CancellationToken stop)
    {
        var id = Guid.Parse(thing.Key.Split('-')[1]);
        var row = await db.Set<FunctionRow>()
            .AsTracking()
            .SingleOrDefaultAsync(function => function.Id == id && function.OrganisationId == by.OrganisationId, stop);
        if (row is null)
            return true;
        row.AccountId = to.AccountId;
        Audit.Record(
            db,
            by.OrganisationId,
            by.AccountId,
            AuditAct.FunctionFilled,
            new("account", to.AccountId),
            time.GetUtcNow(),
            row.Function.ToString()
        );
        await db.SaveChangesAsync(stop);
        return true;
    }
}
