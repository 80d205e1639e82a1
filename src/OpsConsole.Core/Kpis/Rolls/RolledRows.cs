using OpsConsole.Storage;
using OpsConsole.Storage.Past;

namespace OpsConsole.Kpis.Rolls;

/// <summary>
/// A number's rows where whole hours stand in for theirs. An hour that is not rolled up, or that a change has touched since, is read row by row, so that the number is
/// at any time that of its rows.
/// </summary>
internal static class RolledRows
{
    // Beyond so many separate stretches one look at all rows is cheaper than many at some.
    private const int MostStretches = 24;

    public static async Task<IReadOnlyList<KpiRow>> Read(OpsDb db, Kpi kpi, KpiWindow window, CancellationToken cancellationToken)
    {
        // Of the past only rows are kept.
        if (kpi.Source is KpiSource.None || window.FlowAsked || db is PastDb)
        {
            return await kpi.Rows(db, window).ToListAsync(cancellationToken);
        }

        var (code, version, source) = (kpi.Code, kpi.Definition.Version, kpi.Source);
        var roll = await db.KpiRolls.AsNoTracking().SingleOrDefaultAsync(one => one.Kpi == code && one.Version == version, cancellationToken);
        var from = Latest(Ceiling(window.From), roll?.From ?? window.To);
        var until = Earliest(Floor(window.To), roll?.Until ?? window.To);
        var touched = from >= until ? [] : await db.KpiTouches.AsNoTracking()
            .Where(touch => touch.Source == source && touch.Hour >= from && touch.Hour < until).Select(touch => touch.Hour).Distinct().OrderBy(hour => hour).Take(24 * MostStretches).ToListAsync(cancellationToken);
        var runs = Runs(touched).ToList();
        if (from >= until || runs.Count > MostStretches || touched.Count == 24 * MostStretches)
        {
            return await kpi.Rows(db, window).ToListAsync(cancellationToken);
        }

        var rows = await Hours(db, kpi, window, from, until, [.. touched], cancellationToken);
        foreach (var (start, end) in runs.Prepend((window.From, from)).Append((until, window.To)).Where(run => run.Item1 < run.Item2))
        {
            rows.AddRange(await kpi.Rows(db, window with { From = start, To = end }).ToListAsync(cancellationToken));
        }

        return rows;
    }

    /// <summary>Stretches of hours that follow each other.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Runs(IEnumerable<DateTimeOffset> hours)
    {
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        foreach (var hour in hours)
        {
            if (open is { } run && run.To == hour)
            {
                open = (run.From, hour.AddHours(1));
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (hour, hour.AddHours(1));
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The hour (UTC) in which it stands.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at) => Trends.Stretch(at, hourly: true);

    private static DateTimeOffset Ceiling(DateTimeOffset at) => Floor(at) is var hour && hour == at ? hour : hour.AddHours(1);

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static async Task<List<KpiRow>> Hours(
        OpsDb db, Kpi kpi, KpiWindow window, DateTimeOffset from, DateTimeOffset until, HashSet<DateTimeOffset> touched, CancellationToken cancellationToken)
    {
        var (code, all, units) = (kpi.Code, window.Scope.AllUnits, window.Scope.Units);
        var hours = db.KpiHours.AsNoTracking().Where(hour => hour.Kpi == code && hour.Hour >= from && hour.Hour < until && (all || units.Contains(hour.Unit)));
        hours = window.Unit is { } unit ? hours.Where(hour => hour.Unit == unit) : hours;
        hours = window.LegalEntity is { } entity ? hours.Where(hour => hour.LegalEntity == entity) : hours;
        hours = window.Region is { } region ? hours.Where(hour => hour.Region == region) : hours;
        hours = window.Currency is { } currency ? hours.Where(hour => hour.Currency == currency) : hours;
        var sums = await hours.GroupBy(hour => hour.Hour)
            .Select(hour => new { hour.Key, Rows = hour.Sum(one => one.Rows), Counted = hour.Sum(one => one.Counted), Sum = hour.Sum(one => one.Sum) }).ToListAsync(cancellationToken);
        return
        [
            .. from hour in sums
               where !touched.Contains(hour.Key)
               orderby hour.Key
               select new KpiRow { Subject = Guid.Empty, Unit = "", At = hour.Key, Count = hour.Rows, Rolled = new KpiSum(hour.Sum, hour.Counted) },
        ];
    }
}
