using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>What a mailed link about an account is for.</summary>
public enum AccountLinkPurpose
{
    /// <summary>Choose the first password of an account that somebody made for you.</summary>
    Invite,

    /// <summary>Choose another password.</summary>
    Recover,

    /// <summary>Confirm that mail to a new address arrives.</summary>
    ConfirmAddress,
}

public enum AccountLinkState
{
    Open,
    Used,
    Expired,

    /// <summary>A newer link was sent, or the account ended.</summary>
    Revoked,
}

/// <summary>What a landing page may show of a link: who asks what of whom.</summary>
/// <param name="SentTo">The address in the link; for a change of address the new one.</param>
/// <param name="AskedBy">Name of whoever asked; null when nobody of the organisation did.</param>
public sealed record AccountLinkView(
    AccountLinkPurpose Purpose,
    AccountLinkState State,
    string Name,
    string SentTo,
    Guid OrganisationId,
    string Organisation,
    string? AskedBy
);

/// <summary>
/// Links to one's own account, sent by mail: an invitation, another password, a new address. A token is 256 random bits of which only the
/// hash is kept; a link works once, expires, and ends when a newer one of its kind is sent. Opening one changes nothing: programs that
/// look at mail open links too. Everything here is added to the caller's context and saved by the caller, letter and link together.
/// </summary>
public sealed class AccountLinks(AccountLetters letters, TimeProvider time, SecurityLog security)
{
    public static TimeSpan Lifetime(AccountLinkPurpose purpose) =>
        purpose switch
        {
            AccountLinkPurpose.Invite => TimeSpan.FromDays(7),
            AccountLinkPurpose.Recover => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };

    /// <summary>Adds the link and its letter, and ends older links of this kind. To send an invitation again, call this again.</summary>
    /// <param name="by">Whoever asks it, to be named in the letter; null for a person who asks for a new password.</param>
    /// <param name="address">Where it goes; null is the address of the account.</param>
    /// <exception cref="ArgumentException">The address is not one mail address: check with <c>Post.IsAddress</c> first.</exception>
    public async Task Send(
        DialogueDb db,
        Account account,
        AccountLinkPurpose purpose,
        StaffMember? by,
        string? address = null,
        CancellationToken stop = default
    )
    {
        var now = time.GetUtcNow();
        await Revoke(db, account.Id, purpose, stop);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var to = address ?? account.Email!;
        db.Add(
            new AccountLinkRow
            {
                TokenHash = Hash(token),
                AccountId = account.Id,
                Purpose = purpose,
                Email = to,
                AskedBy = by?.AccountId,
                CreatedAt = now,
                ExpiresAt = now + Lifetime(purpose),
            }
        );
        await letters.Link(db, account, purpose, to, by?.Name, token, stop);
        security.LinkSent(account.Id, purpose);
    }

    /// <summary>Ends the open links of an account, of one kind or all. Saved by the caller.</summary>
    public async Task Revoke(DialogueDb db, Guid account, AccountLinkPurpose? purpose = null, CancellationToken stop = default)
    {
        var now = time.GetUtcNow();
        var open = await db.Set<AccountLinkRow>()
            .Where(l => l.AccountId == account && l.UsedAt == null && l.RevokedAt == null && (purpose == null || l.Purpose == purpose))
            .ToListAsync(stop);
        foreach (var link in open)
        {
            link.RevokedAt = now;
            link.Version++;
        }
    }

    /// <summary>What a link says, also when it has ended: the page must be able to say so. Null when there never was one.</summary>
    public async Task<AccountLinkView?> Look(DialogueDb db, string? token, AccountLinkPurpose purpose, CancellationToken stop)
    {
        if (!IsToken(token))
            return null;
        var hash = Hash(token!);
        var found = await (
            from link in db.Set<AccountLinkRow>().AsNoTracking()
            join account in db.Users on link.AccountId equals account.Id
            join organisation in db.Set<OrganisationRow>() on account.OrganisationId equals organisation.Id
            join asker in db.Users on link.AskedBy equals asker.Id into askers
            from asker in askers.DefaultIfEmpty()
            where link.TokenHash == hash && link.Purpose == purpose
            select new
            {
                link,
                account.Name,
                account.DeactivatedAt,
                OrganisationId = organisation.Id,
                Organisation = organisation.Name,
                Asker = asker == null ? null : asker.Name,
            }
        ).SingleOrDefaultAsync(stop);
        return found is null
            ? null
            : new AccountLinkView(
                purpose,
                found.DeactivatedAt is null ? StateOf(found.link, time.GetUtcNow()) : AccountLinkState.Revoked,
                found.Name,
                found.link.Email,
                found.OrganisationId,
                found.Organisation,
                found.Asker
            );
    }

    /// <summary>
    /// The link and its account, tracked and marked as used, or null when it does not work (any more). The caller saves; when another
    /// request used the link meanwhile that throws <see cref="DbUpdateConcurrencyException"/>.
    /// </summary>
    public async Task<(AccountLinkRow Link, Account Account)?> Use(
        DialogueDb db,
        string? token,
        AccountLinkPurpose purpose,
        CancellationToken stop
    )
    {
        if (!IsToken(token))
            return null;
        var (now, hash) = (time.GetUtcNow(), Hash(token!));
        var link = await db.Set<AccountLinkRow>().SingleOrDefaultAsync(l => l.TokenHash == hash && l.Purpose == purpose, stop);
        if (link is null)
            return null;
        var account = await db.Users.SingleAsync(a => a.Id == link.AccountId, stop);
        if (account.DeactivatedAt is not null || StateOf(link, now) != AccountLinkState.Open)
        {
            security.LinkRefused(account.Id, purpose, account.DeactivatedAt is null ? StateOf(link, now) : AccountLinkState.Revoked);
            return null;
        }

        link.UsedAt = now;
        link.Version++;
        return (link, account);
    }

    private static AccountLinkState StateOf(AccountLinkRow link, DateTimeOffset now) =>
        link.UsedAt is not null ? AccountLinkState.Used
        : link.RevokedAt is not null ? AccountLinkState.Revoked
        : link.ExpiresAt <= now ? AccountLinkState.Expired
        : AccountLinkState.Open;

    private static bool IsToken(string? text) => text is { Length: 43 };

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
