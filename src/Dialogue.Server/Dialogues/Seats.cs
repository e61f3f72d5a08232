using System.Security.Cryptography;
using System.Text;
using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Which seat is behind a request: the reference token of a guest (cookie, or bearer for programs), or the account of a member of staff who
/// took a seat. Tokens are random, kept as hashes, bound to one seat of one dialogue. A big screen has a key instead of a seat.
/// </summary>
public sealed class Seats(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    IDataProtectionProvider protection,
    IHttpContextAccessor http,
    TimeProvider time
)
{
    /// <summary>How long the cookie of a guest, and the key of a big screen, outlive the dialogue.</summary>
    public static readonly TimeSpan KeptAfterClosing = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeptBefore = TimeSpan.FromDays(14);

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

    /// <summary>
    /// The seat that this request has in this dialogue now, or null. The one place where that is decided: the seat of the account
    /// first, then a guest's token; a seat that was left or from which somebody was removed counts for nothing, and a guest's token
    /// ends a day after the dialogue.
    /// </summary>
    public async Task<SeatId?> Of(HttpContext context, DialogueId dialogue, StaffMember? staff, CancellationToken stop = default) =>
        (await AllOf(context, dialogue, staff, stop)).Where(known => !known.Left).Select(known => (SeatId?)known.Id).FirstOrDefault();

    /// <summary>The seat that this request had before it was left or taken away; null for whoever has one now, or never had.</summary>
    public async Task<Seat?> FormerOf(HttpContext context, DialogueId dialogue, StaffMember? staff, CancellationToken stop = default) =>
        await AllOf(context, dialogue, staff, stop) is { Count: > 0 } all && all.All(known => known.Left) ? all[0] : null;

    /// <summary>Whether this request is of somebody who was in the room and was not removed from it.</summary>
    public async Task<bool> TookPart(HttpContext context, DialogueId dialogue, StaffMember? staff, CancellationToken stop = default) =>
        await AllOf(context, dialogue, staff, stop) is { Count: > 0 } all && all.All(known => !known.Removed);

    /// <summary>All seats of this request in this dialogue, strongest identity first, also those that were left.</summary>
    private async Task<IReadOnlyList<Seat>> AllOf(HttpContext context, DialogueId dialogue, StaffMember? staff, CancellationToken stop)
    {
        var hashes = Tokens(context, dialogue).Where(IsToken).Select(Hash).ToArray();
        if (staff is null && hashes.Length == 0)
            return [];
        await using var db = await databases.CreateDbContextAsync(stop);
        var seats = new List<SeatId>();
        var own = staff is null ? null : await OfAccount(db, dialogue, staff.AccountId, stop);
        if (own is { } account)
            seats.Add(account);
        foreach (var hash in hashes)
            if (await OfHash(db, dialogue, hash, stop) is { } guest)
                seats.Add(guest);
        if (seats.Count == 0)
            return [];
        var state = (await dialogues.Read(dialogue, stop: stop)).State;
        if (Ended(state))
            seats.RemoveAll(seat => seat != own);
        return [.. seats.Select(seat => state.Seat(seat)).OfType<Seat>()];
    }

    /// <summary>What was given for the length of a dialogue, to guests and big screens, has ended.</summary>
    private bool Ended(DialogueState state) => state.ClosedAt is { } closed && time.GetUtcNow() - closed > KeptAfterClosing;

    /// <summary>The seat that a guest's token opens, also one that was left, or null.</summary>
    public async Task<SeatId?> OfToken(DialogueId dialogue, string token, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await OfHash(db, dialogue, Hash(token), stop);
    }

    private static async Task<SeatId?> OfHash(DialogueDb db, DialogueId dialogue, byte[] hash, CancellationToken stop) =>
        await db.Set<SeatRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == dialogue.Value && row.TokenHash == hash)
            .Select(row => (int?)row.Seat)
            .FirstOrDefaultAsync(stop)
            is { } seat
            ? new SeatId(seat)
            : null;

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

    /// <summary>Whether this browser waits at the door of this dialogue.</summary>
    public async Task<bool> Waits(HttpContext context, DialogueId dialogue, CancellationToken stop) =>
        Kept(context, dialogue) is { } token && await Waits(dialogue, token, stop);

    /// <summary>Whether whoever has this token waits at the door of this dialogue.</summary>
    public async Task<bool> Waits(DialogueId dialogue, string token, CancellationToken stop)
    {
        var hash = Hash(token);
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Set<NewcomerRow>().AnyAsync(row => row.DialogueId == dialogue.Value && row.TokenHash == hash, stop);
    }

    /// <summary>Remembers a guest in this browser, for this dialogue only.</summary>
    public void Remember(DialogueId dialogue, string token) => Set(http.HttpContext!, "seat-" + dialogue, token);

    /// <summary>The token that this browser keeps for this dialogue, or null.</summary>
    public static string? Kept(HttpContext context, DialogueId dialogue) =>
        context.Request.Cookies[Name(context, "seat-" + dialogue)] is { } token && IsToken(token) ? token : null;

    public void Forget(DialogueId dialogue) =>
        http.HttpContext!.Response.Cookies.Delete(Name(http.HttpContext!, "seat-" + dialogue), Options(http.HttpContext!));

    /// <summary>
    /// The key in the link of a big screen: it shows what everybody may see and can do nothing. It ends with the dialogue: <see
    /// cref="IsScreen(HttpContext, DialogueId, DialogueState, string?)"/>.
    /// </summary>
    public string ScreenKey(DialogueId dialogue) => screens.Protect(dialogue.ToString());

    public bool IsScreen(HttpContext context, DialogueId dialogue, DialogueState state, string? key = null)
    {
        if (Ended(state))
            return false;
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
            MaxAge = KeptBefore,
            IsEssential = true,
        };

    private static string Name(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;
}
