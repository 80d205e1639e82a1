using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>How often something is made that is there already.</summary>
public sealed class DuplicateRate : ShareKpi
{
    private static readonly string[] s_types = ["customer", "invoice", "payment"];
    private static readonly string[] s_found = ["duplicate-customer", "already-on-record"];

    public override string Code => "duplicate-rate";
    public override string Title => "Duplicates";
    public override Better Better => Better.Lower;
    public override KpiSubject Subject => KpiSubject.Object;

    public override KpiDefinition Definition => new(
        "Customers, invoices and payments first heard of in the period that a system refused because it has them already ÷ all customers, invoices and payments first heard of in it.",
        "Objects, and their exceptions of the types Duplicate customer and Already on record. A duplicate that no system refuses is not known.",
        "Master data lead",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("duplicate", "single");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from o in db.ObjectsIn(window)
        where s_types.Contains(o.Type) && o.FirstAt >= window.From && o.FirstAt < window.To
        select new KpiRow
        {
            Subject = o.Key, Once = o.Key, Unit = o.Unit, Group = o.Type, At = o.FirstAt!.Value, Amount = o.Amount, Currency = o.Currency,
            Holds = db.Cases.Any(c => c.ObjectKey == o.Key && c.MovedTo == null && s_found.Contains(c.ExceptionType)),
        };

    public override string WhyNothing(KpiWindow window) => "No customer, invoice or payment was first heard of in the period.";

    public override decimal? Target(KpiTargets targets) => targets.DuplicatePercent;
}
