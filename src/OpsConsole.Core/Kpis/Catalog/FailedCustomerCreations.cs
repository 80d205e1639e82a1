using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Customers that some system refused to create and that nobody has mended yet: each holds back every order of that customer.</summary>
public sealed class FailedCustomerCreations : Kpi
{
    public const string EntityType = "customer";
    public const string Operation = "create";

    public override string Code => "failed-customer-creations";
    public override string Title => "Failed customer creations";
    public override KpiForm Form => KpiForm.Count;
    public override Better Better => Better.Lower;
    public override bool Sampled => true;

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.Cases.AsNoTracking().OpenIn(window)
        where c.ObjectType == EntityType && c.Operation == Operation
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
        };

    public override KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window) => new(rows.Count, rows.Count);

    public override decimal? Target(KpiTargets targets) => targets.FailedCustomers;

    public override object Filter(KpiWindow window) =>
        new CaseFilter { States = [.. CaseFlow.Unended], Unit = window.Unit, EntityType = EntityType, Operation = Operation };
}
