namespace OpsConsole.Kpis;

/// <summary>What the rows of a number are worth in the reporting currency.</summary>
public static class KpiMoney
{
    /// <summary>Row by row; nothing where no amount or no rate is known. Of an exception's object only one row carries its amount, the others zero.</summary>
    /// <param name="kpi">Whose rows.</param>
    /// <param name="rows">All rows of each object that they name.</param>
    /// <param name="window">Whose rates.</param>
    public static IReadOnlyList<decimal?> Of(Kpi kpi, IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(kpi);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(window);
        if (kpi.Subject is not KpiSubject.Exception)
        {
            return [.. rows.Select(row => row.Reporting ?? window.Rates.Convert(row.Amount, row.Currency, window.Now).Amount)];
        }

        var carriers = rows.GroupBy(row => row.Once).ToDictionary(
            same => same.Key, same => same.OrderByDescending(row => row.Reporting ?? -1).ThenBy(row => row.Subject).First());
        return [.. rows.Select(row => ReferenceEquals(carriers[row.Once], row) ? row.Reporting : row.Reporting is null ? null : 0)];
    }
}
