using System.Globalization;
using System.Text;

namespace Dialogue.Cases;

/// <summary>
/// A text as a search compares it: small letters without marks, so that "geindiceerde" finds "GEÏNDICEERDE". Done here and stored, because
/// databases differ: SQLite folds only the letters of ASCII, and SQL Server follows its collation.
/// </summary>
public static class Folded
{
    /// <summary>Taking characters apart makes a text longer; beyond this it is cut.</summary>
    public const int Longest = 2 * (Limits.ShortTextLength + Limits.TextLength);

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
        return folded.Length <= Longest ? folded.ToString() : folded.ToString(0, Longest - 1);
    }
}
