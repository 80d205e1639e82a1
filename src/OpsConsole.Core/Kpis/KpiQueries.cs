using OpsConsole.Cases;
using OpsConsole.Rates;

namespace OpsConsole.Kpis;

internal static class KpiQueries
{
    /// <summary>What the worklist shows as not ended, within the window's scope and unit.</summary>
    public static IQueryable<ExceptionCase> OpenIn(this IQueryable<ExceptionCase> cases, KpiWindow window)
    {
        cases = cases.Where(c => c.EndedAt == null && c.MovedTo == null);
        if (window.Unit is { } unit)
        {
            cases = cases.Where(c => c.Unit == unit);
        }

        return window.Scope.Everything ? cases : cases.Where(c => window.Scope.Units.Contains(c.Unit));
    }

    /// <summary>The rows' amounts in the reporting currency at the rates of a moment, and how many could not be converted.</summary>
    public static (decimal Sum, int Unconverted) Sum(this RateTable rates, IEnumerable<KpiRow> rows, DateTimeOffset at)
    {
        var (sum, unconverted) = (0m, 0);
        foreach (var row in rows.Where(row => row.Amount is not null))
        {
            if (rates.Convert(row.Amount, row.Currency, at).Amount is { } converted)
            {
                sum += converted;
            }
            else
            {
                unconverted += row.Count;
            }
        }

        return (sum, unconverted);
    }
}
