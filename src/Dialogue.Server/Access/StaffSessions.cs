using System.Security.Claims;
using System.Security.Cryptography;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Who is signed in where. A session ends when somebody signs out, after half an hour in which nothing was asked, and in any
/// case after a working day. Rights are read from the account each time, so a changed role works at once. Where rights or sessions end,
/// the open lines of that person end too: see <see cref="SessionEnds"/>.
/// </summary>
public sealed class StaffSessions(DialogueDb db, TimeProvider time, SessionEnds ends, ISecondFactorPolicy policy)
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);
    private const string TokenClaim = "session";

    /// <summary>Starts a session and gives the claim that goes into the cookie.</summary>
    /// <param name="device">In plain words, see <see cref="Devices"/>.</param>
    /// <param name="strong">Two factors were shown.</param>
    public async Task<Claim> Start(Guid account, string device, bool strong, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var old = await db.Set<StaffSessionRow>().Where(s => s.StartedAt < now - Longest).ToListAsync(stop);
        db.RemoveRange(old);
        var token = RandomNumberGenerator.GetBytes(32);
        db.Add(
            new StaffSessionRow
            {
                TokenHash = SHA256.HashData(token),
                Id = Guid.NewGuid(),
                AccountId = account,
                Device = device,
                Strong = strong,
                StartedAt = now,
                SeenAt = now,
            }
        );
        await db.SaveChangesAsync(stop);
        return new Claim(TokenClaim, Convert.ToBase64String(token));
    }

    /// <summary>The member of staff behind this cookie, or null when the session has ended.</summary>
    public async Task<StaffMember?> Find(ClaimsPrincipal user, CancellationToken stop)
    {
        if (Hash(user) is not { } hash)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var found = await (
            from session in db.Set<StaffSessionRow>().AsNoTracking()
            join account in db.Users on session.AccountId equals account.Id
            where
                session.TokenHash == hash
                && session.StartedAt > now - Longest
                && session.SeenAt > now - Idle
                && account.DeactivatedAt == null
            select new
            {
                Session = session.Id,
                session.SeenAt,
                session.Strong,
                account.Id,
                account.OrganisationId,
                account.Name,
                account.Email,
                account.Roles,
            }
        ).SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return null;
        }

        if (now - found.SeenAt > SeenPrecision)
        {
            // Reading works without writing: on a full disk or a read-only database the session only looks a little older.
            try
            {
                await db.Set<StaffSessionRow>()
                    .Where(s => s.TokenHash == hash)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), stop);
            }
            catch (Exception e) when (Outage.Is(e)) { }
        }

        return new StaffMember(found.Id, found.OrganisationId, found.Name, found.Email ?? "", found.Roles)
        {
            Session = found.Session,
            MustAddSecondFactor = !found.Strong && await policy.Required(found.OrganisationId, stop),
        };
    }

    /// <summary>Signs this device out. Its open lines end.</summary>
    /// <returns>The account that was signed in, or null.</returns>
    public async Task<Guid?> End(ClaimsPrincipal user, CancellationToken stop)
    {
        if (
            Hash(user) is not { } hash
            || await db.Set<StaffSessionRow>().AsNoTracking().SingleOrDefaultAsync(s => s.TokenHash == hash, stop) is not { } session
        )
            return null;
        await db.Set<StaffSessionRow>().Where(s => s.TokenHash == hash).ExecuteDeleteAsync(stop);
        ends.Ended(session.Id);
        return session.AccountId;
    }

    /// <summary>The sessions of an account that still work, the latest seen first.</summary>
    public async Task<IReadOnlyList<StaffSessionRow>> Of(Guid account, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        return await db.Set<StaffSessionRow>()
            .AsNoTracking()
            .Where(s => s.AccountId == account && s.StartedAt > now - Longest && s.SeenAt > now - Idle)
            .OrderByDescending(s => s.SeenAt)
            .ToListAsync(stop);
    }

    /// <summary>Signs one device of this account out; nothing happens when it is another's.</summary>
    public async Task EndOne(Guid account, Guid session, CancellationToken stop)
    {
        if (!await db.Set<StaffSessionRow>().AnyAsync(s => s.AccountId == account && s.Id == session, stop))
            return;
        await db.Set<StaffSessionRow>().Where(s => s.AccountId == account && s.Id == session).ExecuteDeleteAsync(stop);
        ends.Ended(session);
    }

    /// <summary>From now on this session counts as one with two factors.</summary>
    public Task MakeStrong(Guid session, CancellationToken stop) =>
        db.Set<StaffSessionRow>().Where(s => s.Id == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.Strong, true), stop);

    /// <summary>
    /// Deletes the sessions of an account; only its rows, so that it can be part of a transaction. Call <see cref="Tell"/> after it.
    /// </summary>
    /// <param name="except">A session that stays; null for none.</param>
    public Task EndAll(Guid account, CancellationToken stop, Guid? except = null) =>
        db.Set<StaffSessionRow>().Where(s => s.AccountId == account && s.Id != except).ExecuteDeleteAsync(stop);

    /// <summary>
    /// The sessions or the rights of an account changed and that is committed: its open lines end, and whoever may still look comes back
    /// with the rights of now.
    /// </summary>
    public void Tell(Guid account, Guid? except = null) => ends.EndedAll(account, except);

    private static byte[]? Hash(ClaimsPrincipal user)
    {
        Span<byte> token = stackalloc byte[32];
        return
            user.FindFirstValue(TokenClaim) is { Length: 44 } text
            && Convert.TryFromBase64String(text, token, out var length)
            && length == 32
            ? SHA256.HashData(token)
            : null;
    }
}
