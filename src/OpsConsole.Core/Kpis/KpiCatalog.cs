using OpsConsole.Kpis.Catalog;

namespace OpsConsole.Kpis;

/// <summary>The numbers of the board, in the order in which it shows them.</summary>
public static class KpiCatalog
{
    /// <summary>The tiles at its head.</summary>
    public static readonly IReadOnlyList<Kpi> Head =
    [
        new OrderToCashHealth(),
        new InvoiceSyncLag(),
        new FailedCustomerCreations(),
        new ReconciliationBacklog(),
        new AmountAtRisk(),
    ];

    /// <summary>The figures below, by what they speak of.</summary>
    public static readonly IReadOnlyList<KpiGroup> Groups =
    [
        new("Flow", [new InvoiceLagBudget(), new InvoiceLagBurn(), new FirstTimeRight(), new OrderToCashActivation(), new ReportingFreshness()]),
        new("Resolution", [new ResolutionRate(), new MeanTimeToResolve(), new P90TimeToResolve(), new SlaKept(), new RecoveryKept(), new ReplaySuccess(), new ManualCorrections()]),
        new("Accuracy", [new InvoiceAccuracy(), new PaymentPostingAccuracy(), new DuplicateRate(), new ReconciliationCycleTime()]),
        new("Waiting", [new WaitingForReview(), new CommitmentsWaiting(), new CustomersPendingCreation(), new FailedTaxProfileUpdates(), new IntegrationIncidents(), new TopCauses()]),
    ];

    public static readonly IReadOnlyList<Kpi> All = [.. Head, .. Groups.SelectMany(group => group.Kpis)];

    public static Kpi Of(string code) => All.First(kpi => kpi.Code == code);

    /// <summary>The number of that code, or nothing.</summary>
    public static Kpi? Find(string? code) => All.FirstOrDefault(kpi => kpi.Code == code);
}

/// <param name="Title">What they speak of.</param>
/// <param name="Kpis">In the order shown.</param>
public sealed record KpiGroup(string Title, IReadOnlyList<Kpi> Kpis);
