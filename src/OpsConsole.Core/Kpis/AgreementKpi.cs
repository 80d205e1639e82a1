using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Of the objects of one type that more than one system speaks of, the share about which they agree, counted where they were first heard of.</summary>
/// <param name="type">The objects' type.</param>
public abstract class AgreementKpi(string type) : ShareKpi
{
    /// <summary>What each system's word is compared in.</summary>
    protected const string Compared =
        "What each system said last: amounts, currencies, the attributes that both keep, and whether one has it and another refused it. What only one system speaks of cannot be judged and is left out.";

    public sealed override Better Better => Better.Higher;
    public sealed override KpiSubject Subject => KpiSubject.Object;
    public sealed override KpiSource Source => KpiSource.Objects;

    protected sealed override (string Holds, string Not) Words => ("agree", "disagree");

    public sealed override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(window);
        return from o in db.ObjectsIn(window, type)
               where o.Systems > 1 && o.FirstAt >= window.From && o.FirstAt < window.To
               select new KpiRow { Subject = o.Key, Once = o.Key, Unit = o.Unit, LegalEntity = o.LegalEntity, Region = o.Region, Group = o.Type, At = o.FirstAt!.Value, Amount = o.Amount, Currency = o.Currency, Holds = !o.Disagrees };
    }

    public sealed override string WhyNothing(KpiWindow window) => $"No {type} of the period is spoken of by two systems, so there is nothing to compare.";
}
