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

    /// <summary>
    /// Whether a letter can be sent there: one address without a name, as every mail server takes it. The only check there is: what the
    /// room accepts, a letter can be sent to. Whether it arrives is another matter.
    /// </summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254
        && text.Split('@') is [{ Length: > 0 and <= 64 } mailbox, { Length: <= 253 } host]
        && mailbox.Split('.').All(part => part.Length > 0 && part.All(IsOfMailbox))
        && host.Split('.') is { Length: > 1 } labels
        && labels.All(label => label is { Length: > 0 and <= 63 } && label[0] != '-' && label[^1] != '-' && label.All(IsOfHost));

    private static bool IsOfMailbox(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || "!#$%&'*+/=?^_`{|}~-".Contains(unit, StringComparison.Ordinal);

    private static bool IsOfHost(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || unit == '-' || (unit >= 0xA1 && char.IsLetterOrDigit(unit) && !IsUnseen(unit));

    /// <summary>
    /// The same for a name or another text of one line: every stretch of white space is one space. A name that nobody can see is no name.
    /// </summary>
    public static Result<string> ReadLine(string? text, int limit, RefusalCode whenMissing = RefusalCode.TextMissing) =>
        Read(Line(text), limit, whenMissing);

    /// <summary>Cleaned and on one line.</summary>
    public static string Line(string? text) => string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Composed, trimmed, and without what nobody sees or what turns the order of the letters around: control characters, zero width,
    /// direction marks, blanks that look like letters. Joiners stay inside a text (emoji, Persian), and a text of nothing but those is
    /// empty.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        var seen = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or 0x2028 or 0x2029)
            {
                clean.Append(rune.Value == '\t' ? '\t' : '\n');
                continue;
            }
            if (IsRemoved(rune))
                continue;
            seen |= !IsUnseen(rune);
            clean.Append(units[..rune.EncodeToUtf16(units)]);
        }
        return seen ? clean.ToString().Normalize(NormalizationForm.FormC).Trim() : "";
    }

    /// <summary>White space, or a character that draws nothing.</summary>
    public static bool IsUnseen(char unit) => Rune.TryCreate(unit, out var rune) && IsUnseen(rune);

    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || IsRemoved(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsRemoved(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
        || rune.Value
            is 0x00AD // soft hyphen
                or 0x034F // grapheme joiner
                or 0x061C // direction
                or (0x115F or 0x1160 or 0x3164 or 0xFFA0) // Hangul fillers: letters without a shape
                or (0x17B4 or 0x17B5) // Khmer vowels without a shape
                or (>= 0x180B and <= 0x180E)
                or 0x200B // zero width space
                or (>= 0x200E and <= 0x200F) // direction
                or (>= 0x202A and <= 0x202E) // direction
                or (>= 0x2060 and <= 0x206F) // word joiner, invisible operators, direction
                or 0x2800 // a braille cell without dots
                or 0xFEFF // byte order mark
                or (>= 0xFFF9 and <= 0xFFFB)
                or (>= 0xE0000 and <= 0xE00FF); // tags
}
