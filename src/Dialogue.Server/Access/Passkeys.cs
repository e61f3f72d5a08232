using System.Text.Json;
using Dialogue.Operations;
using Dialogue.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Passkeys: a device signs in with a key that never leaves it, after it asked for a finger, a face or a code. Adding one asks for the
/// password. The browser's part is <c>passkeys.js</c>; what was asked of it lies meanwhile in a cookie of its own, encrypted.
/// </summary>
public static class Passkeys
{
    public const int Most = 10;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/me/passkeys/options", OptionsToAdd).RequireAuthorization(new StaffOnlyAttribute()).ExcludeFromDescription();
        app.MapPost("/api/v1/me/passkeys", Add).RequireAuthorization(new StaffOnlyAttribute()).ExcludeFromDescription();
        app.MapPost("/api/v1/sign-in/passkey/options", OptionsToSignIn).OpenTo(Visitor.Anyone).ExcludeFromDescription();
        app.MapPost("/api/v1/sign-in/passkey", SignInWith).OpenTo(Visitor.Anyone).ExcludeFromDescription();
    }

    public sealed record Ask(string? Password);

    /// <param name="Credential">What the browser answered, as JSON.</param>
    /// <param name="Name">What its owner calls it; null takes the name of the device.</param>
    public sealed record Answered(JsonElement Credential, string? Name = null);

    private static async Task<IResult> OptionsToAdd(Ask ask, HttpContext http, SignInManager<Account> signIn, OwnPassword own)
    {
        var (account, wait) = await own.Check(ask.Password, http.RequestAborted);
        if (account is null)
            return wait > TimeSpan.Zero ? Problems.Of(new Answer.Refused(RefusalCode.TooFast)) : Problems.Of(new(RefusalCode.NotAllowed));
        var options = await signIn.MakePasskeyCreationOptionsAsync(
            new()
            {
                Id = account.Id.ToString(),
                Name = account.Email!,
                DisplayName = account.Name,
            }
        );
        return Json(http, options);
    }

    private static async Task<IResult> Add(
        Answered answered,
        HttpContext http,
        SignInManager<Account> signIn,
        UserManager<Account> accounts,
        ICurrentStaff current,
        StaffSessions sessions,
        AccountLetters letters,
        DialogueDb db,
        SecurityLog security
    )
    {
        var staff = (await current.Get(http.RequestAborted))!;
        var result = await signIn.PerformPasskeyAttestationAsync(answered.Credential.GetRawText());
        if (!result.Succeeded || result.UserEntity.Id != staff.AccountId.ToString())
            return Problems.Of(new Answer.Refused(RefusalCode.Malformed));
        var account = (await accounts.FindByIdAsync(result.UserEntity.Id))!;
        if ((await accounts.GetPasskeysAsync(account)).Count >= Most)
            return Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
        result.Passkey.Name = NameOf(answered.Name) ?? NameOf(Devices.Of(http.Request.Headers.UserAgent)) ?? "Passkey";
        if (!(await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded)
            return Problems.Of(new Answer.Refused(RefusalCode.Malformed));
        await letters.Changed(db, account, "PasskeyOn", stop: http.RequestAborted);
        await db.SaveChangesAsync(http.RequestAborted);
        await sessions.MakeStrong(staff.Session, http.RequestAborted);
        security.SecondFactor(account.Id, "passkey added");
        return Results.NoContent();
    }

    private static async Task<IResult> OptionsToSignIn(HttpContext http, SignInManager<Account> signIn, SignInAttempts attempts) =>
        attempts.Take(http.CallerAddress())
            ? Json(http, await signIn.MakePasskeyRequestOptionsAsync(null))
            : Problems.Of(new Answer.Refused(RefusalCode.TooFast));

    private static async Task<IResult> SignInWith(
        Answered answered,
        HttpContext http,
        SignInManager<Account> signIn,
        UserManager<Account> accounts,
        NewSession session,
        SignInAttempts attempts,
        SecurityLog security
    )
    {
        if (!attempts.Take(http.CallerAddress()))
            return Problems.Of(new Answer.Refused(RefusalCode.TooFast));
        var result = await signIn.PerformPasskeyAssertionAsync(answered.Credential.GetRawText());
        if (!result.Succeeded || result.User.DeactivatedAt is not null)
        {
            security.Refused(result.User?.Id, http.CallerAddress(), "passkey not accepted");
            return Results.Unauthorized();
        }

        // The counter of the key is kept: one that runs back was copied.
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        await session.Begin(result.User, strong: true, "passkey", http.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>Removes a passkey of one's own account.</summary>
    /// <param name="id">Its credential id in base64url.</param>
    internal static async Task Remove(
        UserManager<Account> accounts,
        DialogueDb db,
        AccountLetters letters,
        SecurityLog security,
        Guid owner,
        byte[] id,
        CancellationToken stop
    )
    {
        var account = await db.Users.SingleAsync(a => a.Id == owner, stop);
        if (await accounts.GetPasskeyAsync(account, id) is null)
            return;
        await accounts.RemovePasskeyAsync(account, id);
        await letters.Changed(db, account, "PasskeyOff", stop: stop);
        await db.SaveChangesAsync(stop);
        security.SecondFactor(owner, "passkey removed");
    }

    private static IResult Json(HttpContext http, string json)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(json, "application/json");
    }

    private static string? NameOf(string? text)
    {
        var name = new string([.. (text ?? "").Where(c => !char.IsControl(c)).Take(60)]).Trim();
        return name.Length == 0 ? null : name;
    }
}
