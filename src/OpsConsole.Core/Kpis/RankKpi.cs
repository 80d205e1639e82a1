using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Within which time a share of all rows was done.</summary>
public abstract class RankKpi : DurationKpi
{
    /// <summary>Which share: above 0, at most 1.</summary>
    protected abstract double Share { get; }

    // Of each only from when to when.
    public sealed override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(window);
        var (mine, before, together) = (new Waits(window.Now), new Waits(window.Now), new Together(db));
        if (window.WithBefore() is { } both)
        {
            var until = window.Before().To;
            together.Each(Stretches(db, both), one => (one.To >= window.From ? mine : one.To < until ? before : null)?.Add(one.From, one.To, one.To));
        }
        else
        {
            together.Each(Stretches(db, window), one => mine.Add(one.From, one.To, one.To));
            together.Each(Stretches(db, window.Before()), one => before.Add(one.From, one.To, one.To));
        }

        await together.Send(cancellationToken);
        return new KpiRead(mine.Rows(), before.Rows());
    }

    public sealed override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : Flows.Percentile.Of<decimal>([.. values.Order()], Share);
    }

    public sealed override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var figure = Waits.Rank(rows, Share, row => (row.At - (row.Began ?? row.At)).Ticks);
        return figure.Value is null ? figure with { Why = WhyNothing(window) } : figure;
    }

    private IQueryable<Stretch> Stretches(OpsDb db, KpiWindow window) => Rows(db, window).Select(row => new Stretch(row.Began!.Value, row.At));

    private sealed record Stretch(DateTimeOffset From, DateTimeOffset To);
}
