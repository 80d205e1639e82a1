using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>The share of rows of which something holds, in per cent. Rows of which it is not decided count nowhere.</summary>
public abstract class ShareKpi : Kpi
{
    public sealed override KpiForm Form => KpiForm.Share;

    /// <summary>What a row is called of which it holds, and of which it does not.</summary>
    protected abstract (string Holds, string Not) Words { get; }

    // Where only the share is told the database counts, hour by hour.
    public override async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        return CarriesMoney || Source is not KpiSource.None
            ? await base.Read(db, window, cancellationToken)
            : new KpiRead(await Hours(db, window, cancellationToken), await Hours(db, window.Before(), cancellationToken));
    }

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => row.Holds switch
    {
        true => 1,
        false => 0,
        _ => null,
    };

    public sealed override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => CombineSums(values.Sum(), values.Count);

    public sealed override decimal? CombineSums(decimal sum, long counted) => counted == 0 ? null : 100m * sum / counted;

    public override string Said(KpiRow row, KpiWindow window) => ValueOf(row, window) switch
    {
        null => "not decided",
        0 => Words.Not,
        _ => Words.Holds,
    };

    private async Task<List<KpiRow>> Hours(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var alike = await Rows(db, window).GroupBy(row => new { Day = row.At.Date, row.At.Hour, row.Holds })
            .Select(same => new { same.Key, Count = same.Count() }).ToListAsync(cancellationToken);
        return alike.ConvertAll(same => new KpiRow
        {
            Subject = Guid.Empty, Unit = "", At = new DateTimeOffset(DateTime.SpecifyKind(same.Key.Day, DateTimeKind.Utc)).AddHours(same.Key.Hour), Count = same.Count,
            Rolled = new KpiSum(same.Key.Holds is true ? same.Count : 0, same.Key.Holds is null ? 0 : same.Count),
        });
    }
}
