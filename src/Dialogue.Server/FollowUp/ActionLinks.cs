using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// Personal links for owners and verifiers who have no account: 256 random bits, stored as a hash, for one action and one role,
/// 30 days valid. Opening a link changes nothing; whoever has an account signs in instead, since mail alone proves nothing about staff.
/// </summary>
public static class ActionLinks
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Adds a link to the caller's transaction and answers its token: the only time that anybody sees it.</summary>
    public static string Add(DialogueDb db, Guid action, LinkPurpose purpose, string name, string email, DateTimeOffset now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Add(
            new ActionLinkRow
            {
                TokenHash = Hash(token),
                ActionId = action,
                Purpose = purpose,
                Name = name,
                Email = email,
                CreatedAt = now,
                ExpiresAt = now + Lifetime,
            }
        );
        return token;
    }

    /// <summary>The link behind a token, also when it has ended: a page must be able to say so. Null when there never was one.</summary>
    public static async Task<ActionLinkRow?> Find(DialogueDb db, string? token, CancellationToken stop)
    {
        if (token is null || token.Length != 43)
            return null;
        var hash = Hash(token);
        return await db.Set<ActionLinkRow>().AsNoTracking().SingleOrDefaultAsync(link => link.TokenHash == hash, stop);
    }

    public static bool IsOpen(ActionLinkRow link, DateTimeOffset now) => link.RevokedAt is null && link.ExpiresAt > now;

    /// <summary>
    /// Ends every open link of this role for which the person is no longer the one. Tracked: saved with the caller's change.
    /// </summary>
    public static async Task Revoke(DialogueDb db, Guid action, LinkPurpose purpose, DateTimeOffset now, CancellationToken stop)
    {
        foreach (
            var link in await db.Set<ActionLinkRow>()
                .Where(link => link.ActionId == action && link.Purpose == purpose && link.RevokedAt == null)
                .ToListAsync(stop)
        )
            link.RevokedAt = now;
    }

    internal static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
