using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the transactions that began in the period and are complete, the share that needed nobody.</summary>
public sealed class FirstTimeRight : ShareKpi
{
    public override string Code => "first-time-right";
    public override string Title => "First time right";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Transaction;

    public override KpiDefinition Definition => new(
        "Complete transactions of the flow that began in the period and none of whose objects ever failed or missed a deadline ÷ all complete transactions that began in it.",
        "Transactions, their objects, and the failures that the facts tell. A failure that a system mended by itself counts as a failure.",
        "Head of sales operations",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("right", "failed on the way");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from t in db.TransactionsIn(window)
        where t.CompletedAt != null
        select new KpiRow
        {
            Subject = t.Key, Once = t.LeadKey, Unit = t.Unit, At = t.StartOrder, CameAt = t.CompletedAt, Amount = t.Amount, Currency = t.Currency,
            Holds = !db.TransactionObjects.Any(part => part.TransactionKey == t.Key && db.Signals.Any(s => s.ObjectKey == part.ObjectKey && !s.Gone)),
        };

    public override string WhyNothing(KpiWindow window) => "No transaction that began in the period is complete.";

    public override decimal? Target(KpiTargets targets) => targets.FirstTimeRightPercent;
}
