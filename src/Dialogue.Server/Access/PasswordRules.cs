using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>Why a password cannot be chosen.</summary>
public enum PasswordFault
{
    TooShort,
    TooLong,

    /// <summary>Many people use it, or it is a common word with signs around it, a row of keys or a repetition.</summary>
    TooCommon,

    /// <summary>It is little more than the name or address of the person, or the name of the organisation or the product.</summary>
    TooPersonal,
}

/// <summary>
/// Long is strong; rules about capitals and digits only make people write passwords down. At least 12 characters, never cut off, and not
/// one of those that are tried first: <c>common.txt</c> holds the passwords people use most (10,000 of zxcvbn 4.4.2 and all of 12
/// characters and more of it and of zxcvbn-ts 4.1.3, both MIT, see <c>LICENSE</c> beside it).
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Least = 12;

    /// <summary>Hashing costs time by length; nobody types this much, and what is longer is refused in words, not cut.</summary>
    public const int Most = 256;

    private static readonly Lazy<HashSet<string>> Common = new(Read);

    /// <summary>Words that people here would think of first and an English list does not have.</summary>
    private static readonly string[] Dutch =
    [
        "wachtwoord",
        "welkom",
        "geheim",
        "gemeente",
        "provincie",
        "ministerie",
        "waterschap",
        "rijksoverheid",
        "overheid",
        "dialoog",
        "dialogue",
        "voorjaar",
        "lente",
        "zomer",
        "herfst",
        "najaar",
        "winter",
        "januari",
        "februari",
        "maart",
        "april",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "nederland",
        "amsterdam",
        "rotterdam",
        "utrecht",
        "feyenoord",
        "inloggen",
        "beheerder",
        "kantoor",
    ];

    private static readonly string[] Rows =
    [
        "01234567890",
        "09876543210",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
    ];

    /// <param name="own">Names and addresses that belong to this person: their name, address, organisation.</param>
    /// <returns>Null when the password can be chosen.</returns>
    public static PasswordFault? Check(string? password, params IEnumerable<string?> own)
    {
        if (string.IsNullOrWhiteSpace(password) || Characters(password) < Least)
            return PasswordFault.TooShort;
        if (password.Length > Most)
            return PasswordFault.TooLong;
        var bare = password.ToLowerInvariant();
        if (Common.Value.Contains(bare) || IsRow(bare) || IsRepeated(bare) || bare.Distinct().Count() < 4)
            return PasswordFault.TooCommon;
        // "Welkom2026!!!" is the word "welkom" to whoever guesses.
        var letters = bare.Trim([.. bare.Where(c => !char.IsLetter(c)).Distinct()]);
        if (letters.Length >= 4 && IsCommonWord(letters))
            return PasswordFault.TooCommon;
        var pieces = own.SelectMany(words => (words ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_'])).Where(p => p.Length >= 3);
        var rest = pieces
            .OrderByDescending(p => p.Length)
            .Aggregate(bare, (left, piece) => left.Replace(piece, "", StringComparison.Ordinal));
        return rest.Length < bare.Length && rest.Count(char.IsLetter) < 6 ? PasswordFault.TooPersonal : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(
            Check(password, user.Name, user.Email) is { } fault
                ? IdentityResult.Failed(new IdentityError { Code = "Password" + fault })
                : IdentityResult.Success
        );

    private static bool IsCommonWord(string word) =>
        Common.Value.Contains(word) || Dutch.Contains(word, StringComparer.Ordinal) || IsRow(word) || IsRepeated(word);

    private static bool IsRow(string text) =>
        Rows.Any(row => (row + row + row).Contains(text, StringComparison.Ordinal))
        || string.Concat(Rows[2..5]).StartsWith(text, StringComparison.Ordinal);

    /// <summary>"wachtwoordwachtwoord" is one word to whoever guesses.</summary>
    private static bool IsRepeated(string text)
    {
        for (var unit = 1; unit <= text.Length / 2; unit++)
            if (
                text.Length % unit == 0
                && (unit <= 4 || Common.Value.Contains(text[..unit]) || Dutch.Contains(text[..unit], StringComparer.Ordinal))
                && Enumerable.Range(1, (text.Length / unit) - 1).All(n => text.AsSpan(n * unit, unit).SequenceEqual(text.AsSpan(0, unit)))
            )
                return true;
        return false;
    }

    /// <summary>As a reader counts: an accent or an emoji made of several code points is one.</summary>
    private static int Characters(string text) => new System.Globalization.StringInfo(text).LengthInTextElements;

    private static HashSet<string> Read()
    {
        using var file = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!, Encoding.UTF8);
        return new HashSet<string>(file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}

/// <summary>One character typed on two systems can be one code point or two; the same password must fit on both.</summary>
public sealed class NormalisedHasher(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions>? options = null)
    : PasswordHasher<Account>(options)
{
    public override string HashPassword(Account user, string password) => base.HashPassword(user, Normal(password));

    public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        // Nobody has a longer one: a megabyte is not hashed for a stranger.
        base.VerifyHashedPassword(user, hashedPassword, providedPassword.Length > PasswordRules.Most ? "" : Normal(providedPassword));

    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text; // half a surrogate pair: not text, and no password that anybody has
        }
    }
}
