using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>One number, read and measured.</summary>
/// <param name="Kpi">Which.</param>
/// <param name="Window">Ready, with all that its rows need.</param>
/// <param name="Read">Its rows; none where the number cannot be asked for so.</param>
/// <param name="Figure">Measured from them.</param>
internal sealed record KpiReading(Kpi Kpi, KpiWindow Window, KpiRead Read, KpiFigure Figure)
{
    private static readonly KpiRead s_none = new([], []);

    public static async Task<KpiReading> Of(OpsDb db, Kpi kpi, KpiWindow window, CancellationToken cancellationToken)
    {
        if (kpi.WhyNot(window) is { } why)
        {
            return new KpiReading(kpi, window, s_none, new KpiFigure(null, 0) { Why = why });
        }

        var ready = await kpi.Ready(db, window, cancellationToken);
        var read = await kpi.Read(db, ready, cancellationToken);
        return new KpiReading(kpi, ready, read, kpi.Measure(read.Rows, ready));
    }

    public async Task<Tile> Tile(OpsDb db, CancellationToken cancellationToken)
    {
        var trend = Figure.Why is null ? await Trends.Of(db, Kpi, Read, Figure, Window, cancellationToken) : KpiTrend.None;
        return new Tile(Kpi, Figure, Kpi.Wish(Window), trend);
    }
}
