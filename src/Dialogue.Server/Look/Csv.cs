using System.Text;

namespace Dialogue.Look;

/// <summary>
/// Files for a spreadsheet: separated by semicolons, every cell quoted, and no cell that a spreadsheet takes for a formula.
/// </summary>
public static class Csv
{
    public static void Row(StringBuilder text, params string?[] cells) => text.AppendJoin(';', cells.Select(Cell)).Append("\r\n");

    /// <summary>With a byte order mark, since spreadsheets otherwise guess the encoding.</summary>
    public static byte[] File(StringBuilder text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

    /// <summary>A spreadsheet reads = + - @ at the start, also after signs that cannot be seen, as a formula.</summary>
    internal static string Cell(string? text)
    {
        text ??= "";
        var start = text.AsSpan().TrimStart(Unseen);
        if (start is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || text is ['\t' or '\r' or '\n', ..])
            text = "'" + text;
        return '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    private const string Unseen = " \t\r\n\u00a0\u0000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3000";
}
