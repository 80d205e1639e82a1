using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Customers that some system was asked to create and that it does not have yet.</summary>
public sealed class CustomersPendingCreation : CountKpi
{
    private const string Customer = "customer";
    private const string Creation = "create";

    public override string Code => "customers-pending-creation";
    public override string Title => "Customers pending creation";
    public override KpiSubject Subject => KpiSubject.Object;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Customers of which at least one system's last word is about their creation and is pending or failed.",
        "What each system said last of each customer. A request that no system ever spoke of is not known.",
        "Master data lead",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from o in db.ObjectsIn(window, Customer)
        where db.ObjectStates.Any(s => s.ObjectKey == o.Key && s.Operation == Creation && (s.Outcome == SyncOutcome.Pending || s.Outcome == SyncOutcome.Failed))
        select new KpiRow { Subject = o.Key, Once = o.Key, Unit = o.Unit, Group = o.Type, At = o.FirstAt ?? o.ReceivedAt ?? DateTimeOffset.UnixEpoch, Amount = o.Amount, Currency = o.Currency };

    public override string Said(KpiRow row, KpiWindow window) => "pending";

    public override decimal? Target(KpiTargets targets) => targets.PendingCustomers;
}
