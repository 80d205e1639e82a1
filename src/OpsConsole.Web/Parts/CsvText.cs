using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Parts;

/// <summary>
/// Lines of comma-separated values (RFC 4180) that a spreadsheet shows and never runs: a cell that begins like a formula gets an
/// apostrophe before it. Numbers are written as numbers and so are left alone.
/// </summary>
public static class CsvText
{
    private const string Formula = "=+-@\t\r";
    private const string Special = ",\"\r\n";

    public static string Line(params IEnumerable<object?> cells) =>
        new StringBuilder().AppendJoin(',', cells.Select(Cell)).Append("\r\n").ToString();

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Text(value.ToString() ?? ""),
    };

    private static string Text(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(Special) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
