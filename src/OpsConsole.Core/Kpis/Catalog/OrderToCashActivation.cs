using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the customers that are new in the period, the share that has begun to buy by the flow.</summary>
public sealed class OrderToCashActivation : ShareKpi
{
    private const string Customer = "customer";

    public override string Code => "order-to-cash-activation";
    public override string Title => "New customers active";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Object;

    public override KpiDefinition Definition => new(
        "Customers first heard of in the period that are linked to the lead of a transaction of the board's flow ÷ all customers first heard of in it.",
        "Objects of the type customer and their links. A customer whose orders name it by an id that nobody joined counts as not active.",
        "Head of sales operations",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("active", "no transaction yet");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        var flow = window.Flow;
        return
            from o in db.ObjectsIn(window with { FlowAsked = false }, Customer)
            where o.FirstAt >= window.From && o.FirstAt < window.To
            select new KpiRow
            {
                Subject = o.Key, Once = o.Key, Unit = o.Unit, Group = o.Type, At = o.FirstAt!.Value, Amount = o.Amount, Currency = o.Currency,
                Holds = db.ObjectLinks.Any(link => link.FromKey == o.Key && db.Transactions.Any(t => t.LeadKey == link.ToKey && t.Flow == flow)),
            };
    }

    public override string WhyNothing(KpiWindow window) => "No customer was first heard of in the period.";

    public override decimal? Target(KpiTargets targets) => targets.ActivePercent;
}
