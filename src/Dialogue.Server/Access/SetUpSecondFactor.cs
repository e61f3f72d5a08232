using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>
/// The second step of signing in, set up by its owner: begin (a key for the authenticator app), confirm (a code of that app), new recovery
/// codes, off. Beginning anew leaves the app that works now as it is until the new one is confirmed.
/// </summary>
public sealed record SetUpSecondFactor(SecondFactorAct Act, string? Password, string? Code = null) : IRequest<SecondFactorReply>;

public enum SecondFactorAct
{
    Begin,

    /// <summary>Shows the key again to whoever has just begun; the page knows who that is.</summary>
    Show,
    Confirm,
    NewCodes,
    TurnOff,
}

public enum SecondFactorFault
{
    PasswordWrong,
    MustWait,
    CodeWrong,

    /// <summary>The organisation asks for a second step, so it cannot be turned off.</summary>
    Required,
}

/// <param name="Key">For the app, in groups of four; only while it is being set up.</param>
/// <param name="Address">The same as an <c>otpauth</c> address, for the QR code.</param>
/// <param name="Codes">Recovery codes, shown this once.</param>
public sealed record SecondFactorReply(
    SecondFactorFault? Fault = null,
    string? Key = null,
    string? Address = null,
    IReadOnlyList<string>? Codes = null
);

internal sealed class SetUpSecondFactorHandler(
    OwnPassword own,
    ICurrentStaff current,
    DialogueDb db,
    UserManager<Account> accounts,
    StaffSessions sessions,
    ISecondFactorPolicy policy,
    AccountLetters letters,
    UsedCodes used,
    SecurityLog security
) : IRequestHandler<SetUpSecondFactor, SecondFactorReply>
{
    private const int HowManyCodes = 10;

    public async Task<SecondFactorReply> Handle(SetUpSecondFactor request, CancellationToken cancellationToken)
    {
        var staff = await current.Get(cancellationToken) ?? throw new InvalidOperationException("The page is for whoever is signed in.");
        if (request.Act == SecondFactorAct.Confirm)
            return await Confirm(staff, request.Code, cancellationToken);
        if (request.Act == SecondFactorAct.Show)
            return await Shown((await accounts.FindByIdAsync(staff.AccountId.ToString()))!);
        var (account, wait) = await own.Check(request.Password, cancellationToken);
        if (account is null)
            return new(wait > TimeSpan.Zero ? SecondFactorFault.MustWait : SecondFactorFault.PasswordWrong);
        switch (request.Act)
        {
            case SecondFactorAct.Begin:
                // Turning it on needs a new key; an app that works now keeps working until it is turned off.
                if (account.TwoFactorEnabled)
                    return new();
                await accounts.ResetAuthenticatorKeyAsync(account);
                return await Shown(account);
            case SecondFactorAct.NewCodes when account.TwoFactorEnabled:
                var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, HowManyCodes);
                security.SecondFactor(account.Id, "new recovery codes");
                return new(Codes: [.. codes!]);
            case SecondFactorAct.TurnOff:
                if (await policy.Required(account.OrganisationId, cancellationToken))
                    return new(SecondFactorFault.Required);
                await accounts.SetTwoFactorEnabledAsync(account, false);
                await accounts.ResetAuthenticatorKeyAsync(account);
                await Tell(account, "SecondFactorOff", cancellationToken);
                security.SecondFactor(account.Id, "off");
                return new();
            default:
                return new();
        }
    }

    private async Task<SecondFactorReply> Confirm(StaffMember staff, string? typed, CancellationToken stop)
    {
        var account = (await accounts.FindByIdAsync(staff.AccountId.ToString()))!;
        if (account.TwoFactorEnabled)
            return new();
        var code = new string([.. (typed ?? "").Where(char.IsAsciiDigit).Take(10)]);
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code))
            return (await Shown(account)) with { Fault = SecondFactorFault.CodeWrong };
        used.Take(account.Id, code);
        await accounts.SetTwoFactorEnabledAsync(account, true);
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, HowManyCodes);
        await sessions.MakeStrong(staff.Session, stop);
        await sessions.EndAll(account.Id, stop, except: staff.Session);
        sessions.Tell(account.Id, except: staff.Session);
        await Tell(account, "SecondFactorOn", stop);
        security.SecondFactor(account.Id, "on");
        return new(Codes: [.. codes!]);
    }

    private async Task Tell(Account account, string fact, CancellationToken stop)
    {
        await letters.Changed(db, account, fact, stop: stop);
        await db.SaveChangesAsync(stop);
    }

    private async Task<SecondFactorReply> Shown(Account account)
    {
        if (await accounts.GetAuthenticatorKeyAsync(account) is not { } key)
            return new();
        var groups = string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToLowerInvariant();
        var who = Uri.EscapeDataString("Dialoog:" + account.Email);
        return new(Key: groups, Address: $"otpauth://totp/{who}?secret={key}&issuer=Dialoog&digits=6&period=30");
    }
}
