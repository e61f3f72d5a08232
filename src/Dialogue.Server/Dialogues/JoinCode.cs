using System.Security.Cryptography;

namespace Dialogue.Dialogues;

/// <summary>
/// Nine characters of thirty, in threes: 44 bits, without characters that look like others (no I, L, O, U, 0, 1).
/// Whoever types an O or a small letter or forgets a dash is understood.
/// </summary>
public static class JoinCode
{
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    public const int Length = 9;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static string Shown(string code) => code.Length == Length ? $"{code[..3]}-{code[3..6]}-{code[6..]}" : code;

    public static string Normalise(string? typed) =>
        new([.. (typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(Length + 1)]);

    public static bool IsWellFormed(string code) => code.Length == Length && code.All(Alphabet.Contains);
}
