using Dialogue.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Asks for the password again where somebody who found an open screen could do lasting harm: another password, another address, a
/// second factor. Wrong tries count at the account, not at the address: whoever is here is signed in as it.
/// </summary>
internal sealed class OwnPassword(ICurrentStaff current, DialogueDb db, UserManager<Account> accounts, SignInDelays delays)
{
    /// <returns>The account, tracked, when the password is right; else how long the next try waits (zero when it need not).</returns>
    public async Task<(Account? Account, TimeSpan Wait)> Check(string? password, CancellationToken stop)
    {
        if (await current.Get(stop) is not { } staff)
            return (null, TimeSpan.Zero);
        var what = "own password " + staff.AccountId;
        if (delays.Left("", what) is var left && left > TimeSpan.Zero)
            return (null, left);
        var account = await db.Users.SingleAsync(a => a.Id == staff.AccountId, stop);
        if (
            account.PasswordHash is { } hash
            && accounts.PasswordHasher.VerifyHashedPassword(account, hash, password ?? "") != PasswordVerificationResult.Failed
        )
        {
            delays.Right("", what);
            return (account, TimeSpan.Zero);
        }

        return (null, delays.Wrong("", what));
    }
}
