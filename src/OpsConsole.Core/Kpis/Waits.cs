using OpsConsole.Flows;

namespace OpsConsole.Kpis;

/// <summary>
/// How long each of very many rows took: all that a percentile needs of them. They are read as two moments each and kept as a number each, hour by hour, so that a year of them is
/// read in the time that it takes to send them.
/// </summary>
internal sealed class Waits(DateTimeOffset now)
{
    private readonly SortedDictionary<(long Hour, bool Missing), List<long>> _hours = [];
    private ((long Hour, bool Missing) Key, List<long> Took)? _last;

    /// <param name="from">Where its clock began.</param>
    /// <param name="to">Where it ended; nothing: it waits.</param>
    /// <param name="at">Where it stands in the trend.</param>
    public void Add(DateTimeOffset from, DateTimeOffset? to, DateTimeOffset at)
    {
        var key = (at.UtcTicks / TimeSpan.TicksPerHour, to is null);
        if (_last is not { } last || last.Key != key)
        {
            if (!_hours.TryGetValue(key, out var took))
            {
                _hours[key] = took = [];
            }

            _last = last = (key, took);
        }

        last.Took.Add((to ?? now).UtcTicks - from.UtcTicks);
    }

    /// <summary>One row an hour, and another for what waits.</summary>
    public IReadOnlyList<KpiRow> Rows() =>
    [
        .. _hours.Select(hour => new KpiRow
        {
            Subject = Guid.Empty, Unit = "", At = new DateTimeOffset(hour.Key.Hour * TimeSpan.TicksPerHour, TimeSpan.Zero), Missing = hour.Key.Missing, Count = hour.Value.Count, Took = hour.Value,
        }),
    ];

    /// <summary>The rows' lengths in ascending order, in ticks.</summary>
    /// <param name="rows">As above, or each by itself.</param>
    /// <param name="own">How long a row took that stands for itself.</param>
    public static long[] Ascending(IReadOnlyList<KpiRow> rows, Func<KpiRow, long> own)
    {
        var (all, at) = (new long[rows.Sum(row => row.Count)], 0);
        foreach (var row in rows)
        {
            if (row.Took is List<long> took)
            {
                took.CopyTo(all, at);
                at += took.Count;
            }
            else
            {
                all[at++] = own(row);
            }
        }

        Array.Sort(all);
        return all;
    }

    /// <summary>Seconds, to the last digit that a clock has.</summary>
    public static decimal Seconds(long ticks) => (decimal)new TimeSpan(ticks).TotalSeconds;

    /// <summary>The nearest rank among the rows' lengths.</summary>
    public static KpiFigure Rank(IReadOnlyList<KpiRow> rows, double p, Func<KpiRow, long> own)
    {
        var all = Ascending(rows, own);
        return new KpiFigure(all.Length == 0 ? null : Seconds(Percentile.Of(all, p)), all.Length);
    }
}
