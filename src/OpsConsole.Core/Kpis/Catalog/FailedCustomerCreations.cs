using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Customers that some system refused to create and that nobody has mended yet: each holds back every order of that customer.</summary>
public sealed class FailedCustomerCreations : CountKpi
{
    public const string EntityType = "customer";
    public const string Operation = "create";

    public override string Code => "failed-customer-creations";
    public override string Title => "Failed customer creations";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Exceptions about the creation of a customer that have not ended.",
        "Exceptions, opened by failed sync-state events of the operation create on a customer.",
        "Master data lead",
        KpiVersion.Of("2026-10-20", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.OpenIn(window)
        where c.ObjectType == EntityType && c.Operation == Operation
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
        };

    public override decimal? Target(KpiTargets targets) => targets.FailedCustomers;

    public override object? Filter(KpiWindow window) => window.Open() is { } open ? open with { EntityType = EntityType, Operation = Operation } : null;
}
