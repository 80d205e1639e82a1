using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the payments that more than one system speaks of, the share about which they agree.</summary>
public sealed class PaymentPostingAccuracy : ShareKpi
{
    private const string Type = "payment";

    public override string Code => "payment-posting-accuracy";
    public override string Title => "Payments posted right";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Object;
    public override KpiSource Source => KpiSource.Objects;

    public override KpiDefinition Definition => new(
        "Payments first heard of in the period that two systems or more speak of and about which they agree now ÷ all payments first heard of in it that two systems or more speak of.",
        "What each system said last: amounts, currencies, the attributes that both keep, and whether one has it and another refused it. What only one system speaks of cannot be judged and is left out.",
        "Head of accounts receivable",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("agree", "disagree");

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from o in db.ObjectsIn(window, Type)
        where o.Systems > 1 && o.FirstAt >= window.From && o.FirstAt < window.To
        select new KpiRow { Subject = o.Key, Once = o.Key, Unit = o.Unit, LegalEntity = o.LegalEntity, Region = o.Region, Group = o.Type, At = o.FirstAt!.Value, Amount = o.Amount, Currency = o.Currency, Holds = !o.Disagrees };

    public override string WhyNothing(KpiWindow window) => "No payment of the period is spoken of by two systems, so there is nothing to compare.";

    public override decimal? Target(KpiTargets targets) => targets.PaymentPercent;
}
