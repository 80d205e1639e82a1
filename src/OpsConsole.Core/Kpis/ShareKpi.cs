namespace OpsConsole.Kpis;

/// <summary>The share of rows of which something holds, in per cent. Rows of which it is not decided count nowhere.</summary>
public abstract class ShareKpi : Kpi
{
    public sealed override KpiForm Form => KpiForm.Share;

    /// <summary>What a row is called of which it holds, and of which it does not.</summary>
    protected abstract (string Holds, string Not) Words { get; }

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
}
