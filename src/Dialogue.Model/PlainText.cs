using System.Globalization;
using System.Text;

namespace Dialogue;

/// <summary>Text from people: composed (NFC), trimmed, without control, zero-width and direction characters, within its limit.</summary>
public static class PlainText
{
    public static Result<string> Read(string? text, int limit = Limits.TextLength, RefusalCode whenMissing = RefusalCode.TextMissing)
    {
        var clean = Clean(text);
        if (clean.Length == 0)
            return whenMissing;
        if (clean.Length > limit)
            return TooLong(limit, clean.Length);
        return clean;
    }

    /// <summary>The same for a text that may be absent: null when there is nothing.</summary>
    public static Result<string?> ReadOptional(string? text, int limit = Limits.TextLength)
    {
        var clean = Clean(text);
        if (clean.Length > limit)
            return TooLong(limit, clean.Length);
        return new Result<string?>(clean.Length == 0 ? null : clean, Refusal: null);
    }

    /// <summary>At most <paramref name="limit"/> UTF-16 units, cut between what a reader sees as characters.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var length && end + length <= limit)
            end += length;
        return text[..end];
    }

    private static Answer.Refused TooLong(int limit, int length) =>
        new(
            RefusalCode.TextTooLong,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
                ["length"] = length.ToString(CultureInfo.InvariantCulture),
            }
        );

    /// <summary>Whether a letter could be sent there; whether it arrives is another matter.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254
        && text.Split('@') is [{ Length: > 0 }, { Length: > 2 } host]
        && host.Contains('.', StringComparison.Ordinal)
        && !text.Any(unit => char.IsWhiteSpace(unit) || char.IsControl(unit) || unit is '<' or '>' or ',' or ';');

    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n' || rune.Value == '\t')
            {
                clean.Append((char)rune.Value);
                continue;
            }
            var category = Rune.GetUnicodeCategory(rune);
            var unwanted =
                category is UnicodeCategory.Control or UnicodeCategory.Surrogate
                || rune.Value
                    is 0x200B
                        or 0x2060
                        or 0xFEFF
                        or 0x061C
                        or (>= 0x200E and <= 0x200F)
                        or (>= 0x202A and <= 0x202E)
                        or (>= 0x2066 and <= 0x2069);
            if (!unwanted)
                clean.Append(units[..rune.EncodeToUtf16(units)]);
        }
        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
    }
}
