using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Customers and orders that stand still because a tax profile is not where it is needed.</summary>
public sealed class FailedTaxProfileUpdates : CountKpi
{
    private const string Missing = "tax-profile-missing";
    private const string Profile = "tax-profile";

    public override string Code => "failed-tax-profile-updates";
    public override string Title => "Failed tax-profile updates";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override bool CarriesMoney => true;
    public override bool Sampled => true;

    public override KpiDefinition Definition => new(
        "Exceptions that have not ended, of the type Tax profile missing or about an object of the type tax-profile.",
        "Exceptions. What a system books without a tax profile and without complaint is not known.",
        "Head of tax",
        KpiVersion.Of("2026-11-21", "First version."));

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.OpenIn(window)
        where c.ExceptionType == Missing || c.ObjectType == Profile
        select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, Queue = c.Queue, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };

    public override string Said(KpiRow row, KpiWindow window) => "waits";

    public override decimal? Target(KpiTargets targets) => targets.TaxProfiles;
}
