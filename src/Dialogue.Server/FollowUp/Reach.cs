using Dialogue.Access;
using Dialogue.Mailroom;
using Dialogue.Organisations;
using Dialogue.Organisations.Functions;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>Somebody who is written to, and in which quality.</summary>
/// <param name="Account">Null for somebody without an account.</param>
public sealed record Receiver(string Name, string Email, Guid? Account, NudgeTo To);

/// <summary>
/// How people are reached at this moment. Who has an account is written to at the address that the account has now; an account that has
/// ended is nobody's any more. Rungs above the facilitator are named functions of the unit or the organisation; a rung without anybody is
/// passed over upwards.
/// </summary>
public sealed class Reach
{
    private readonly Dictionary<Guid, Known> accounts;
    private readonly ILookup<Guid, Known> overseers;
    private readonly FunctionHolders functions;

    private Reach(Dictionary<Guid, Known> accounts, ILookup<Guid, Known> overseers, FunctionHolders functions) =>
        (this.accounts, this.overseers, this.functions) = (accounts, overseers, functions);

    /// <summary>For these actions, in three queries however many there are.</summary>
    public static async Task<Reach> Read(DialogueDb db, IReadOnlyCollection<AgreedActionRow> rows, CancellationToken stop)
    {
        var organisations = rows.Select(row => row.OrganisationId).Distinct().ToList();
        var ids = rows.SelectMany(row =>
                new[] { row.OwnerAccountId, row.VerifierAccountId, row.GuideAccountId, row.FollowUpOwnerAccountId }
            )
            .OfType<Guid>()
            .Distinct()
            .ToList();
        var known = await db
            .Users.AsNoTracking()
            .Where(account =>
                ids.Contains(account.Id) || (organisations.Contains(account.OrganisationId) && account.Roles != StaffRole.Staff)
            )
            .Select(account => new Known(
                account.Id,
                account.OrganisationId,
                account.Name,
                account.Email ?? "",
                account.Roles,
                account.DeactivatedAt == null
            ))
            .ToListAsync(stop);
        return new(
            known.ToDictionary(one => one.Id),
            known.Where(one => one.Active).ToLookup(one => one.OrganisationId),
            await FunctionHolders.Read(db, organisations, stop)
        );
    }

    /// <summary>Null when nobody can be written to: no address, or the account has ended.</summary>
    public Receiver? Owner(AgreedActionRow row) => One(row.OwnerAccountId, row.OwnerName, row.OwnerEmail, NudgeTo.Owner);

    public Receiver? Verifier(AgreedActionRow row) => One(row.VerifierAccountId, row.VerifierName, row.VerifierEmail, NudgeTo.Verifier);

    /// <summary>Whoever should know; when that person cannot be reached, the one who comes next.</summary>
    public IReadOnlyList<Receiver> Receivers(AgreedActionRow row, NudgeTo to) =>
        to switch
        {
            NudgeTo.Owner => Owner(row) is { } owner ? [owner] : Receivers(row, NudgeTo.Facilitator),
            NudgeTo.Verifier => Verifier(row) is { } verifier ? [verifier] : Receivers(row, NudgeTo.Facilitator),
            NudgeTo.Facilitator => Facilitator(row),
            _ => Climb(row, to),
        };

    /// <summary>The rungs from low to high, and the functions that stand on each.</summary>
    private static readonly (NudgeTo To, NamedFunction[] Functions)[] Ladder =
    [
        (NudgeTo.Sponsor, [NamedFunction.Sponsor]),
        (NudgeTo.Portfolio, [NamedFunction.PortfolioHolder]),
        (NudgeTo.Board, [NamedFunction.BoardMember, NamedFunction.EthicsCoordinator]),
    ];

    private IReadOnlyList<Receiver> Climb(AgreedActionRow row, NudgeTo to)
    {
        foreach (var (_, rung) in Ladder.SkipWhile(rung => rung.To != to))
        {
            var holders = rung.Select(function => Holder(row, to, function))
                .OfType<Receiver>()
                .DistinctBy(one => one.Email, StringComparer.OrdinalIgnoreCase)
                .ToList();
            if (holders.Count > 0)
                return holders;
        }

        // An organisation that has filled no function yet: better its managers, and for the board its coordinators too, than nobody.
        return All(row, to == NudgeTo.Board ? StaffRole.Manager | StaffRole.Coordinator : StaffRole.Manager, to);
    }

    private IReadOnlyList<Receiver> Facilitator(AgreedActionRow row)
    {
        if (One(row.GuideAccountId, row.GuideName, row.GuideEmail, NudgeTo.Facilitator) is { } guide)
            return [guide];
        if (One(row.FollowUpOwnerAccountId, row.FollowUpOwnerName, row.FollowUpOwnerEmail, NudgeTo.Facilitator) is { } owner)
            return [owner];
        return All(row, StaffRole.Coordinator, NudgeTo.Facilitator) is { Count: > 0 } coordinators
            ? coordinators
            : All(row, StaffRole.Manager, NudgeTo.Facilitator);
    }

    private Receiver? Holder(AgreedActionRow row, NudgeTo to, NamedFunction function)
    {
        var holder = row.UnitId is { } unit
            ? functions.Of(row.OrganisationId, function, unit)
            : functions.OfNamed(row.OrganisationId, function, row.Unit);
        return holder is not null && Post.IsAddress(holder.Email, out var address)
            ? new Receiver(holder.Name, address, holder.Account, to)
            : null;
    }

    private Receiver? One(Guid? account, string? name, string? email, NudgeTo to)
    {
        if (account is { } id)
        {
            return accounts.TryGetValue(id, out var known) && known.Active && Post.IsAddress(known.Email, out var now)
                ? new Receiver(known.Name, now, id, to)
                : null;
        }

        return Post.IsAddress(email, out var address) ? new Receiver(name ?? address, address, null, to) : null;
    }

    private List<Receiver> All(AgreedActionRow row, StaffRole roles, NudgeTo to) =>
        [
            .. overseers[row.OrganisationId]
                .Where(one => (one.Roles & roles) != 0 && Post.IsAddress(one.Email, out _))
                .Select(one => new Receiver(one.Name, one.Email, one.Id, to)),
        ];

    private sealed record Known(Guid Id, Guid OrganisationId, string Name, string Email, StaffRole Roles, bool Active);
}
