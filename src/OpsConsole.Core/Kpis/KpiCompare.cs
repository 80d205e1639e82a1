namespace OpsConsole.Kpis;

/// <summary>Lays the stretch before beside the present one.</summary>
internal static class KpiCompare
{
    /// <param name="trend">Of the window.</param>
    /// <param name="before">Of the stretch before, in the same steps.</param>
    /// <param name="window">What is asked for.</param>
    /// <param name="isWorked">Whether a day (UTC) is a working day.</param>
    public static IReadOnlyList<KpiCompared> Align(KpiTrend trend, IReadOnlyList<KpiStep> before, KpiWindow window, Func<DateOnly, bool> isWorked)
    {
        if (trend.Steps.Count == 0)
        {
            return [];
        }

        var earlier = before.ToDictionary(step => step.At, step => step.Value);
        return trend.Hourly ? Hours(trend, earlier, window) : window.Against is BoardAgainst.BusinessDays ? Days(trend, earlier, window, isWorked) : Shifted(trend, earlier, window);
    }

    // The n-th working day beside the n-th working day; days off stand alone.
    private static List<KpiCompared> Days(KpiTrend trend, Dictionary<DateTimeOffset, decimal> earlier, KpiWindow window, Func<DateOnly, bool> isWorked)
    {
        var values = trend.Steps.ToDictionary(step => step.At, step => step.Value);
        var last = window.To < window.Now ? window.To.AddTicks(-1) : window.Now;
        var worked = Between(window.Before().From, window.Before().To.AddTicks(-1)).Where(isWorked).ToList();
        var compared = new List<KpiCompared>();
        var rank = 0;
        foreach (var day in Between(window.From, last))
        {
            var at = BoardPeriod.Start(day);
            var beside = isWorked(day) && rank < worked.Count ? Value(earlier, BoardPeriod.Start(worked[rank++])) : null;
            compared.Add(new KpiCompared(at, Value(values, at), beside));
        }

        return compared;
    }

    // Day by day as they come.
    private static List<KpiCompared> Shifted(KpiTrend trend, Dictionary<DateTimeOffset, decimal> earlier, KpiWindow window)
    {
        var values = trend.Steps.ToDictionary(step => step.At, step => step.Value);
        var (before, last) = (window.Before(), window.To < window.Now ? window.To.AddTicks(-1) : window.Now);
        var shift = window.From - before.From;
        return
        [
            .. from day in Between(window.From, last)
               let at = BoardPeriod.Start(day)
               let beside = at - shift
               select new KpiCompared(at, Value(values, at), beside < before.To ? Value(earlier, Trends.Stretch(beside, hourly: false)) : null),
        ];
    }

    private static List<KpiCompared> Hours(KpiTrend trend, Dictionary<DateTimeOffset, decimal> earlier, KpiWindow window)
    {
        var values = trend.Steps.ToDictionary(step => step.At, step => step.Value);
        var shift = window.From - window.Before().From;
        var compared = new List<KpiCompared>();
        for (var at = trend.Steps[0].At; at <= trend.Steps[^1].At; at = at.AddHours(1))
        {
            compared.Add(new KpiCompared(at, Value(values, at), Value(earlier, Trends.Stretch(at - shift, hourly: true))));
        }

        return compared;
    }

    private static IEnumerable<DateOnly> Between(DateTimeOffset from, DateTimeOffset to) => BoardPeriod.Days(DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(to.UtcDateTime));

    private static decimal? Value(Dictionary<DateTimeOffset, decimal> values, DateTimeOffset at) => values.TryGetValue(at, out var value) ? value : null;
}
