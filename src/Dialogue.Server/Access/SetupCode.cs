using System.Security.Cryptography;
using System.Text;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Proof that who sets up the first administrator can read the log of the server. Printed once at start when there are no
/// accounts, valid for a quarter of an hour, used once. A restart prints another. Wrong tries make the network address they come from wait
/// longer each time and void nothing, so that a stranger cannot take the code away.
/// </summary>
public sealed partial class SetupCode(
    TimeProvider time,
    IDbContextFactory<DialogueDb> databases,
    SignInDelays delays,
    SecurityLog security,
    ILogger<SetupCode> log
)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private const string What = "set-up code";

    private readonly Lock gate = new();
    private string? code;
    private DateTimeOffset until;

    /// <summary>Called once at start.</summary>
    public async Task Offer(CancellationToken stop = default)
    {
        if (await AccountsExist(stop))
        {
            return;
        }

        var text = Renew();
        Print(log, $"{text[..4]}-{text[4..8]}-{text[8..]}", (int)Valid.TotalMinutes);
    }

    internal string Renew()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, 12);
        lock (gate)
        {
            (code, until) = (text, time.GetUtcNow() + Valid);
        }

        return text;
    }

    public async Task<bool> AccountsExist(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Users.AnyAsync(stop);
    }

    /// <summary>How long this source must wait before its next try counts; zero when at once.</summary>
    public TimeSpan Left(string source) => delays.Left(source, What);

    /// <summary>True for one caller at most; after that the code is gone.</summary>
    /// <param name="source">The network address of the caller.</param>
    public bool Use(string? typed, string source)
    {
        if (Left(source) > TimeSpan.Zero)
            return false;
        var text = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)]).ToUpperInvariant();
        lock (gate)
        {
            if (code is null || time.GetUtcNow() > until)
                return false;
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes(code)))
            {
                code = null;
                return true;
            }
        }

        security.SetupCodeWrong(source, delays.Wrong(source, What));
        return false;
    }

    /// <summary>The set-up failed after all, on something the person can mend.</summary>
    public void GiveBack(string typed)
    {
        lock (gate)
        {
            code ??= new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "There are no accounts yet. Open /eerste-beheerder and use set-up code {Code} within {Minutes} minutes."
    )]
    private static partial void Print(ILogger log, string code, int minutes);
}
