using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>A number's way through the period: from its own rows where the past can be computed, else from the hourly points.</summary>
internal static class Trends
{
    private static readonly TimeSpan s_hourlyUpTo = TimeSpan.FromDays(3);

    public static async Task<(IReadOnlyList<decimal> Values, decimal? Earlier, bool Hourly)> Of(
        OpsDb db, Kpi kpi, KpiRead read, KpiFigure figure, KpiWindow window, CancellationToken cancellationToken)
    {
        if (kpi.Sampled)
        {
            return await Sampled(db, kpi, figure, window, cancellationToken);
        }

        var hourly = read.Rows.Count > 0 && IsHourly(read.Rows.Min(row => row.At), read.Rows.Max(row => row.At));
        return (
            [.. read.Rows.GroupBy(row => Stretch(row.At, hourly)).OrderBy(stretch => stretch.Key)
                .Select(stretch => kpi.Measure([.. stretch], window).Value).OfType<decimal>()],
            kpi.Measure(read.Before, window.Before()).Value,
            hourly);
    }

    /// <summary>So short a stretch is drawn by the hour.</summary>
    public static bool IsHourly(DateTimeOffset first, DateTimeOffset last) => last - first <= s_hourlyUpTo;

    // The last point of each stretch stands for it; the present number ends the line, so that line and number agree.
    private static async Task<(IReadOnlyList<decimal> Values, decimal? Earlier, bool Hourly)> Sampled(
        OpsDb db, Kpi kpi, KpiFigure figure, KpiWindow window, CancellationToken cancellationToken)
    {
        var points = await db.KpiPoints.AsNoTracking()
            .Where(point => point.Kpi == kpi.Code && point.Hour >= window.From && point.Hour < window.To)
            .Where(point => window.Unit == null || point.Unit == window.Unit)
            .Where(point => window.Scope.Everything || window.Scope.Units.Contains(point.Unit))
            .GroupBy(point => point.Hour).Select(hour => new { hour.Key, Value = hour.Sum(point => point.Value) })
            .OrderBy(hour => hour.Key).ToListAsync(cancellationToken);
        var hourly = points.Count == 0 || points[^1].Key - points[0].Key <= s_hourlyUpTo;
        var stretches = points.GroupBy(point => Stretch(point.Key, hourly)).ToDictionary(stretch => stretch.Key, stretch => stretch.Last().Value);
        if (figure.Value is { } now && window.To > window.Now)
        {
            stretches[Stretch(window.Now, hourly)] = now;
        }

        List<decimal> values = [.. stretches.OrderBy(stretch => stretch.Key).Select(stretch => stretch.Value)];
        return (values, points.Count > 1 ? points[0].Value : null, hourly);
    }

    private static DateTimeOffset Stretch(DateTimeOffset at, bool hourly) =>
        new(at.UtcDateTime.Date.AddHours(hourly ? at.UtcDateTime.Hour : 0), TimeSpan.Zero);
}
