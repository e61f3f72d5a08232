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
        var start = text.SkipWhile(PlainText.IsUnseen).ToArray();
        if (start is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || text is ['\t' or '\r' or '\n', ..])
            text = "'" + text;
        return '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
