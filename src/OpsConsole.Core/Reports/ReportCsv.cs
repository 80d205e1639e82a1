using System.Globalization;
using System.Text;

namespace OpsConsole.Reports;

/// <summary>The numbers as comma-separated values (RFC 4180), with what was asked for above them. Texts that begin like a formula get an apostrophe, so that no spreadsheet runs them.</summary>
internal static class ReportCsv
{
    private const string Formula = "=+-@\t\r";

    public static byte[] Of(BoardSheet sheet)
    {
        var text = new StringBuilder();
        foreach (var (label, value) in ReportCells.About(sheet))
        {
            Line(text, [label, value]);
        }

        text.Append("\r\n");
        Line(text, ReportCells.Head);
        foreach (var row in ReportCells.Rows(sheet))
        {
            Line(text, row);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => Quoted(cell.ToString() ?? ""),
    };

    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
