using System.Collections.Concurrent;
using System.Security.Claims;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// The second step of signing in: a code of the authenticator app, or one of the recovery codes. Only whoever typed the right password
/// gets here, so tries are counted at the account, wherever they come from.
/// </summary>
internal sealed class SecondStep(UserManager<Account> accounts, SignInDelays delays, UsedCodes used, SecurityLog security)
{
    public async Task<SignInReply> Check(Account account, string? typed, string source)
    {
        var what = "second step " + account.Id;
        if (delays.Left("", what) is var left && left > TimeSpan.Zero)
            return new(SignInAnswer.MustWait, left);
        var code = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)]);
        var right =
            code.Length == 6
            && code.All(char.IsAsciiDigit)
            && await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code)
            && used.Take(account.Id, code);
        if (!right && code.Length == 10)
        {
            // Shown as ABCDE-FGHJK; the dash and small letters do not matter.
            right = (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, $"{code[..5]}-{code[5..]}".ToUpperInvariant())).Succeeded;
            if (right)
                security.SecondFactor(account.Id, "a recovery code was used");
        }

        if (right)
        {
            delays.Right("", what);
            return new(SignInAnswer.SignedIn);
        }

        var wait = delays.Wrong("", what);
        security.Refused(account.Id, source, "wrong code in the second step");
        return new(SignInAnswer.Wrong, wait);
    }
}

/// <summary>A code of the authenticator app works once: whoever looked over a shoulder cannot use it again within its minutes.</summary>
internal sealed class UsedCodes(TimeProvider time)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(Guid, string), DateTimeOffset> used = new();

    public bool Take(Guid account, string code)
    {
        var now = time.GetUtcNow();
        foreach (var old in used.Where(one => now - one.Value > Valid).ToArray())
            used.TryRemove(old);
        return used.TryAdd((account, code), now);
    }
}

/// <summary>Finishes signing in with a code, for whoever has just typed the right password.</summary>
/// <param name="Address">Where the request comes from.</param>
public sealed record TakeSecondStep(string? Code, string Address) : IRequest<SignInReply?>;

internal sealed class TakeSecondStepHandler(SignInManager<Account> signIn, SecondStep step, NewSession session, DialogueDb db)
    : IRequestHandler<TakeSecondStep, SignInReply?>
{
    /// <returns>Null when there was no first step, or too long ago.</returns>
    public async Task<SignInReply?> Handle(TakeSecondStep request, CancellationToken cancellationToken)
    {
        if (await Account(signIn.Context, db, cancellationToken) is not { } account)
            return null;
        var reply = await step.Check(account, request.Code, request.Address);
        if (reply.Answer == SignInAnswer.SignedIn)
            await session.Begin(account, strong: true, "password and code", cancellationToken);
        return reply;
    }

    /// <summary>Who has just typed the right password on this device, or null.</summary>
    internal static async Task<Account?> Account(HttpContext http, DialogueDb db, CancellationToken stop) =>
        await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme) is { Succeeded: true, Principal: { } half }
        && Guid.TryParse(half.FindFirstValue(ClaimTypes.Name), out var id)
            ? await db.Users.SingleOrDefaultAsync(a => a.Id == id && a.DeactivatedAt == null && a.TwoFactorEnabled, stop)
            : null;
}
