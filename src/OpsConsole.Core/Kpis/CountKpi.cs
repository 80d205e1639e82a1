namespace OpsConsole.Kpis;

/// <summary>How many rows there are.</summary>
public abstract class CountKpi : Kpi
{
    public sealed override KpiForm Form => KpiForm.Count;

    public override Better Better => Better.Lower;

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => 1;

    public sealed override decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window) => values.Sum();
}
