using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>
/// The last step of every way to sign in. What was signed in on this device before ends here: a token that somebody planted never becomes
/// valid.
/// </summary>
internal sealed class NewSession(SignInManager<Account> signIn, StaffSessions sessions, SecurityLog security)
{
    /// <param name="strong">Two factors were shown: a code beside the password, or a passkey.</param>
    /// <param name="method">How, in the words of the security log.</param>
    public async Task Begin(Account account, bool strong, string method, CancellationToken stop)
    {
        var http = signIn.Context;
        await sessions.End(http.User, stop);
        if ((await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded)
            await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        var claim = await sessions.Start(account.Id, Devices.Of(http.Request.Headers.UserAgent), strong, stop);
        await signIn.SignInWithClaimsAsync(account, isPersistent: false, [claim]);
        security.SignedIn(account.Id, method);
    }
}
