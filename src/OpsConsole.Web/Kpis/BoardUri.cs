using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Events;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>From a number to the list that holds exactly its rows.</summary>
public static class BoardUri
{
    public const string Path = "/board";

    public static string To(string? unit, string? flow, string? period) =>
        Address.To(Path, ("unit", unit), ("flow", flow), ("period", period is BoardPeriod.Usual ? null : period));

    /// <param name="filter">As <see cref="Kpi.Filter"/> gives it.</param>
    public static string Rows(object filter) => filter switch
    {
        TransactionFilter transactions => TransactionUri.To(transactions),
        ObjectFilter objects => ObjectUri.To(objects),
        CaseFilter cases => Cases(cases),
        _ => throw new ArgumentException($"No page lists by {filter.GetType().Name}.", nameof(filter)),
    };

    /// <summary>The worklist without a state shows all that has not ended, which is what the board counts.</summary>
    public static string Cases(CaseFilter filter) => new WorklistFilter
    {
        Unit = filter.Unit,
        Entity = filter.EntityType,
        Operation = filter.Operation,
        Cause = filter.Fingerprint,
        OpenedSince = filter.OpenedSince,
        OpenedUntil = filter.OpenedUntil,
    }.ToUri();
}
