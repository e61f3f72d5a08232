using System.Security.Cryptography;
using System.Text;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Proof that who sets up the first administrator can read the log of the server. Printed once at start when there are no
/// accounts, valid for a quarter of an hour, ten tries, used once. A restart prints another.
/// </summary>
public sealed partial class SetupCode(TimeProvider time, IDbContextFactory<DialogueDb> databases, ILogger<SetupCode> log)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);
    private const int Tries = 10;
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private readonly Lock gate = new();
    private string? code;
    private DateTimeOffset until;
    private int wrong;

    /// <summary>Called once at start.</summary>
    public async Task Offer(CancellationToken stop = default)
    {
        if (await AccountsExist(stop))
        {
            return;
        }

        var text = RandomNumberGenerator.GetString(Alphabet, 12);
        lock (gate)
        {
            (code, until, wrong) = (text, time.GetUtcNow() + Valid, 0);
        }

        Print(log, $"{text[..4]}-{text[4..8]}-{text[8..]}", (int)Valid.TotalMinutes);
    }

    public async Task<bool> AccountsExist(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Users.AnyAsync(stop);
    }

    /// <summary>True for one caller at most; after that the code is gone.</summary>
    public bool Use(string? typed)
    {
        var text = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)]).ToUpperInvariant();
        lock (gate)
        {
            if (code is null || time.GetUtcNow() > until || wrong >= Tries)
            {
                return false;
            }

            if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes(code)))
            {
                wrong++;
                return false;
            }

            code = null;
            return true;
        }
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
