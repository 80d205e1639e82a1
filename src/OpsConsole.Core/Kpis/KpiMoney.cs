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

        var carriers = new Dictionary<Guid, KpiRow>();
        foreach (var row in rows)
        {
            if (!carriers.TryGetValue(row.Once, out var known) || (row.Reporting ?? -1, known.Subject).CompareTo((known.Reporting ?? -1, row.Subject)) > 0)
            {
                carriers[row.Once] = row;
            }
        }

        return [.. rows.Select(row => ReferenceEquals(carriers[row.Once], row) ? row.Reporting : row.Reporting is null ? null : 0)];
    }
}
