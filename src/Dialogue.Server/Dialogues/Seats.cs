using System.Security.Cryptography;
using System.Text;
using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Which seat is behind a request: the reference token of a guest (cookie, or bearer for programs), or the account of a member of staff who
/// took
/// a seat. Tokens are random, kept as hashes, bound to one seat of one dialogue. A big screen has a key instead of a seat.
/// </summary>
public sealed class Seats(IDbContextFactory<DialogueDb> databases, IDataProtectionProvider protection, IHttpContextAccessor http)
{
    private readonly IDataProtector screens = protection.CreateProtector("big screen");

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static bool IsToken(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Takes a seat: the event and the row of the roster that says whose it is, in one transaction.</summary>
    public static async Task<Result<SeatId>> Take(
        LiveDialogues dialogues,
        DialogueId dialogue,
        TakeSeat command,
        Guid? account = null,
        string? token = null
    )
    {
        SeatId? taken = null;
        var answer = await dialogues.Perform(
            dialogue,
            id: null,
            command,
            seat: null,
            Role.Organiser,
            (state, db) =>
            {
                taken = new SeatId(state.Seats.Count);
                db.Add(
                    new SeatRow
                    {
                        DialogueId = dialogue.Value,
                        Seat = taken.Value.Value,
                        AccountId = account,
                        TokenHash = token is null ? null : Hash(token),
                    }
                );
            }
        );
        return answer is Answer.Refused refused ? refused : taken!.Value;
    }

    /// <summary>The seat that this request has in this dialogue, or null.</summary>
    public async Task<SeatId?> Of(HttpContext context, DialogueId dialogue, StaffMember? staff, CancellationToken stop = default)
    {
        foreach (var token in Tokens(context, dialogue))
            if (await OfToken(dialogue, token, stop) is { } guest)
                return guest;
        if (staff is null)
            return null;
        await using var db = await databases.CreateDbContextAsync(stop);
        return await OfAccount(db, dialogue, staff.AccountId, stop);
    }

    /// <summary>The seat that a guest's token opens, or null.</summary>
    public async Task<SeatId?> OfToken(DialogueId dialogue, string token, CancellationToken stop)
    {
        var hash = Hash(token);
        await using var db = await databases.CreateDbContextAsync(stop);
        return
            await db.Set<SeatRow>()
                .AsNoTracking()
                .Where(row => row.DialogueId == dialogue.Value && row.TokenHash == hash)
                .Select(row => (int?)row.Seat)
                .FirstOrDefaultAsync(stop)
                is { } seat
            ? new SeatId(seat)
            : null;
    }

    public static async Task<SeatId?> OfAccount(DialogueDb db, DialogueId dialogue, Guid account, CancellationToken stop) =>
        await db.Set<SeatRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue.Value && row.AccountId == account)
            .OrderBy(row => row.Seat)
            .Select(row => (int?)row.Seat)
            .FirstOrDefaultAsync(stop)
            is { } seat
            ? new SeatId(seat)
            : null;

    /// <summary>Remembers a guest in this browser, for this dialogue only.</summary>
    public void Remember(DialogueId dialogue, string token) => Set(http.HttpContext!, "seat-" + dialogue, token);

    public void Forget(DialogueId dialogue) =>
        http.HttpContext!.Response.Cookies.Delete(Name(http.HttpContext!, "seat-" + dialogue), Options(http.HttpContext!));

    /// <summary>The key in the link of a big screen: it shows what everybody may see and can do nothing.</summary>
    public string ScreenKey(DialogueId dialogue) => screens.Protect(dialogue.ToString());

    public bool IsScreen(HttpContext context, DialogueId dialogue, string? key = null)
    {
        key ??= context.Request.Cookies[Name(context, "screen-" + dialogue)];
        if (string.IsNullOrEmpty(key))
            return false;
        try
        {
            return screens.Unprotect(key) == dialogue.ToString();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void RememberScreen(DialogueId dialogue, string key) => Set(http.HttpContext!, "screen-" + dialogue, key);

    private static IEnumerable<string> Tokens(HttpContext context, DialogueId dialogue)
    {
        if (context.Request.Cookies[Name(context, "seat-" + dialogue)] is { Length: > 0 } cookie)
            yield return cookie;
        if (context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.Ordinal))
            yield return header["Bearer ".Length..];
        // A browser cannot set a header on a web socket; a program of which the transport has the same limit may pass its token so.
        if (
            context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
            && context.Request.Query["access_token"] is [{ Length: > 0 } query]
        )
            yield return query;
    }

    private static void Set(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(Name(context, name), value, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromDays(30),
            IsEssential = true,
        };

    private static string Name(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;
}
