using OpsConsole.Flows;
using OpsConsole.Kpis.Catalog;

namespace OpsConsole.Kpis;

/// <summary>The distribution of the invoice lag, from the same rows as its number. What has not arrived counts with its wait so far.</summary>
/// <param name="Measured">All that were invoiced in the period.</param>
/// <param name="Absent">Of these, not arrived.</param>
/// <param name="OverTarget">Of these, above the target.</param>
/// <param name="P50">Nearest rank, seconds.</param>
/// <param name="P95">Nearest rank, seconds.</param>
/// <param name="Oldest">The longest, seconds.</param>
/// <param name="Buckets">In ascending order, the last without an end.</param>
public sealed record LagFigures(int Measured, int Absent, int OverTarget, double? P50, double? P95, double? Oldest, IReadOnlyList<LagBucket> Buckets)
{
    private static readonly double[] s_edges = [60, 120, 300, 600, 900, 1800, 3600, 14400, 86400];

    internal static LagFigures Of(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var ticks = Waits.Ascending(rows, row => InvoiceSyncLag.Took(row, window));
        var (buckets, below) = (new List<LagBucket>(), 0);
        for (var i = 0; i <= s_edges.Length; i++)
        {
            var (over, upTo) = (i == 0 ? (double?)null : s_edges[i - 1], i == s_edges.Length ? (double?)null : s_edges[i]);
            var until = upTo is { } edge ? UpTo(ticks, edge) : ticks.Length;
            buckets.Add(new LagBucket(over, upTo, until - below));
            below = until;
        }

        return new LagFigures(
            ticks.Length,
            rows.Where(row => row.Missing).Sum(row => row.Count),
            (double?)window.Options.Targets.LagMinutes * 60 is { } target ? ticks.Length - UpTo(ticks, target) : 0,
            ticks.Length == 0 ? null : Seconds(Percentile.Of(ticks, 0.5)),
            ticks.Length == 0 ? null : Seconds(Percentile.Of(ticks, 0.95)),
            ticks.Length == 0 ? null : Seconds(ticks[^1]),
            buckets);
    }

    // How many are not longer.
    private static int UpTo(long[] ascending, double seconds)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Seconds(ascending[middle]) > seconds ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static double Seconds(long ticks) => new TimeSpan(ticks).TotalSeconds;
}

/// <summary>How many lie above <paramref name="Over"/> and at or below <paramref name="UpTo"/>, in seconds.</summary>
public sealed record LagBucket(double? Over, double? UpTo, int Count);
