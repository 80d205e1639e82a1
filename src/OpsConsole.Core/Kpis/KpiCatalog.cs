using OpsConsole.Kpis.Catalog;

namespace OpsConsole.Kpis;

/// <summary>The numbers of the board, in the order of its tiles.</summary>
public static class KpiCatalog
{
    public static readonly IReadOnlyList<Kpi> All =
    [
        new OrderToCashHealth(),
        new InvoiceSyncLag(),
        new FailedCustomerCreations(),
        new ReconciliationBacklog(),
        new AmountAtRisk(),
    ];

    public static Kpi Of(string code) => All.First(kpi => kpi.Code == code);
}
