using System.Security.Cryptography;
using System.Text;
using Dialogue.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// The framework keeps recovery codes and the key of the authenticator app as they are. Here the codes are hashes, like every other
/// secret that somebody shows us, and the key, which must be read again, is encrypted with the keys of this installation.
/// </summary>
internal sealed class AccountStore(DialogueDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Account, DialogueDb, Guid>(db, describer)
{
    private readonly IDataProtector keys = protection.CreateProtector("authenticator key");

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, keys.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { } kept)
            return null;
        try
        {
            return keys.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null; // the keys of this installation are lost: the app must be set up again, after a recovery code
        }
    }

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        // Not through the base: it would put the rest back through ReplaceCodes, which hashes.
        var kept = await GetTokenAsync(user, "[AspNetUserStore]", "RecoveryCodes", cancellationToken) ?? "";
        var codes = kept.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var hash = Hash(code);
        if (!codes.Contains(hash, StringComparer.Ordinal))
            return false;
        await base.ReplaceCodesAsync(user, codes.Where(one => one != hash), cancellationToken);
        return true;
    }

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
