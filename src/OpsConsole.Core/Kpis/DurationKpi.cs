namespace OpsConsole.Kpis;

/// <summary>How long something took, in seconds, over all rows.</summary>
public abstract class DurationKpi : Kpi
{
    public sealed override KpiForm Form => KpiForm.Duration;

    public override Better Better => Better.Lower;

    /// <summary>From where the row's clock began to where it stands.</summary>
    public override decimal? ValueOf(KpiRow row, KpiWindow window) => (decimal)(row.At - (row.Began ?? row.At)).TotalSeconds;
}
