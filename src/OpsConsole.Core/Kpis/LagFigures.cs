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
        var seconds = InvoiceSyncLag.Seconds(rows, window.Now);
        var target = (double?)window.Options.Targets.LagMinutes * 60;
        var buckets = new List<LagBucket>();
        for (var i = 0; i <= s_edges.Length; i++)
        {
            var (over, upTo) = (i == 0 ? (double?)null : s_edges[i - 1], i == s_edges.Length ? (double?)null : s_edges[i]);
            buckets.Add(new LagBucket(over, upTo, seconds.Count(value => (over is null || value > over) && (upTo is null || value <= upTo))));
        }

        return new LagFigures(
            seconds.Count,
            rows.Count(row => row.Missing),
            target is null ? 0 : seconds.Count(value => value > target),
            seconds.Count == 0 ? null : Percentile.Of(seconds, 0.5),
            seconds.Count == 0 ? null : Percentile.Of(seconds, 0.95),
            seconds.Count == 0 ? null : seconds[^1],
            buckets);
    }
}

/// <summary>How many lie above <paramref name="Over"/> and at or below <paramref name="UpTo"/>, in seconds.</summary>
public sealed record LagBucket(double? Over, double? UpTo, int Count);
