using System.Globalization;
using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>
/// Reads rates from a file as spreadsheets write it: a head of <c>currency,date,rate</c>, then a line each; commas or semicolons, dates as
/// <c>2026-10-30</c>, a point in the rate. With a semicolon between cells a comma in the rate is a decimal comma.
/// </summary>
public static class RateFile
{
    /// <summary>A year of every currency there is.</summary>
    public const int MostLetters = 4 << 20;

    private const int MostFaults = 20;

    /// <param name="text">The file.</param>
    public static RateFileRead Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rates = new List<RateBody>();
        var faults = new List<RateFault>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var cells = Cells(line.TrimEnd('\r'));
            if (cells.All(cell => cell.Length == 0) || (rates.Count == 0 && faults.Count == 0 && cells[0].Equals("currency", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (Line(cells, line.Contains(';', StringComparison.Ordinal)) is var (rate, why) && rate is not null)
            {
                rates.Add(rate);
            }
            else if (faults.Count < MostFaults)
            {
                faults.Add(new RateFault(number, why));
            }
        }

        return new RateFileRead(rates, faults);
    }

    private static (RateBody? Rate, string Why) Line(string[] cells, bool semicolons)
    {
        if (cells.Length < 3)
        {
            return (null, "needs three cells: currency, date, rate");
        }

        var currency = cells[0].ToUpperInvariant();
        if (currency.Length != Columns.Currency || !Money.IsCurrency(currency))
        {
            return (null, $"\"{cells[0]}\" is no ISO 4217 code");
        }

        if (!DateOnly.TryParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (null, $"\"{cells[1]}\" is no date like 2026-10-30");
        }

        var said = semicolons ? cells[2].Replace(',', '.') : cells[2];
        return decimal.TryParse(said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? (new RateBody(currency, day, rate), "")
            : (null, $"\"{cells[2]}\" is no rate above zero");
    }

    private static string[] Cells(string line) =>
        line.Split(line.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.TrimEntries).Select(cell => cell.Trim('"', ' ')).ToArray();
}

/// <param name="Rates">What could be read, in the file's order.</param>
/// <param name="Faults">What could not, the first few: a file with one is not taken at all.</param>
public sealed record RateFileRead(IReadOnlyList<RateBody> Rates, IReadOnlyList<RateFault> Faults);

/// <param name="Line">From 1.</param>
/// <param name="Why">What would be right.</param>
public sealed record RateFault(int Line, string Why);
