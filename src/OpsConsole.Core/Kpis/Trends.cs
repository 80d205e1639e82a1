using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>A number's way through the period.</summary>
/// <param name="Steps">Oldest first; the last is the present number.</param>
/// <param name="Earlier">The number of the stretch before, or as it stood at the period's start; nothing when not known.</param>
/// <param name="Hourly">By the hour; else by the day.</param>
public sealed record KpiTrend(IReadOnlyList<KpiStep> Steps, decimal? Earlier, bool Hourly)
{
    /// <summary>Nothing is known of how it was.</summary>
    public static readonly KpiTrend None = new([], null, false);
}

/// <param name="At">The beginning of the hour or day (UTC).</param>
/// <param name="Value">In the number's own unit.</param>
public sealed record KpiStep(DateTimeOffset At, decimal Value);

/// <summary>A number's way through the period: from its own rows where the past can be computed, else from the hourly points.</summary>
internal static class Trends
{
    private static readonly TimeSpan s_hourlyUpTo = TimeSpan.FromDays(3);

    public static async Task<KpiTrend> Of(OpsDb db, Kpi kpi, KpiRead read, KpiFigure figure, KpiWindow window, CancellationToken cancellationToken)
    {
        if (!kpi.HasTrend || (kpi.Sampled && window.BeyondUnits))
        {
            return KpiTrend.None;
        }

        if (kpi.Sampled)
        {
            return await Sampled(db, kpi, figure, window, cancellationToken);
        }

        var hourly = read.Rows.Count > 0 && IsHourly(read.Rows.Min(row => row.At), read.Rows.Max(row => row.At));
        return new KpiTrend(Steps(kpi, read.Rows, window, hourly), kpi.Value(read.Before, window.Before()), hourly);
    }

    /// <summary>The number of each hour's or day's rows.</summary>
    public static IReadOnlyList<KpiStep> Steps(Kpi kpi, IEnumerable<KpiRow> rows, KpiWindow window, bool hourly) =>
    [
        .. from stretch in rows.GroupBy(row => Stretch(row.At, hourly))
           orderby stretch.Key
           let value = kpi.Value([.. stretch], window)
           where value is not null
           select new KpiStep(stretch.Key, value.Value),
    ];

    /// <summary>The last point of each hour or day.</summary>
    public static async Task<List<KpiStep>> Points(OpsDb db, Kpi kpi, KpiWindow window, CancellationToken cancellationToken)
    {
        var points = await db.KpiPoints.AsNoTracking()
            .Where(point => point.Kpi == kpi.Code && point.Hour >= window.From && point.Hour < window.To)
            .Where(point => window.Unit == null || point.Unit == window.Unit)
            .Where(point => window.Scope.AllUnits || window.Scope.Units.Contains(point.Unit))
            .GroupBy(point => point.Hour).Select(hour => new { hour.Key, Value = hour.Sum(point => point.Value) })
            .OrderBy(hour => hour.Key).ToListAsync(cancellationToken);
        return points.ConvertAll(point => new KpiStep(point.Key, point.Value));
    }

    /// <summary>So short a stretch is drawn by the hour.</summary>
    public static bool IsHourly(DateTimeOffset first, DateTimeOffset last) => last - first <= s_hourlyUpTo;

    /// <summary>The beginning of the hour or day (UTC).</summary>
    public static DateTimeOffset Stretch(DateTimeOffset at, bool hourly) =>
        new(at.UtcDateTime.Date.AddHours(hourly ? at.UtcDateTime.Hour : 0), TimeSpan.Zero);

    // The last point of each stretch stands for it; the present number ends the line, so that line and number agree.
    private static async Task<KpiTrend> Sampled(OpsDb db, Kpi kpi, KpiFigure figure, KpiWindow window, CancellationToken cancellationToken)
    {
        var points = await Points(db, kpi, window, cancellationToken);
        var hourly = points.Count == 0 || IsHourly(points[0].At, points[^1].At);
        var stretches = points.GroupBy(point => Stretch(point.At, hourly)).ToDictionary(stretch => stretch.Key, stretch => stretch.Last().Value);
        if (figure.Value is { } now && window.To > window.Now)
        {
            stretches[Stretch(window.Now, hourly)] = now;
        }

        return new KpiTrend(
            [.. stretches.OrderBy(stretch => stretch.Key).Select(stretch => new KpiStep(stretch.Key, stretch.Value))], points.Count > 1 ? points[0].Value : null, hourly);
    }
}
