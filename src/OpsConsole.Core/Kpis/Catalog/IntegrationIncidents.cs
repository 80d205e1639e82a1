using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Causes on the way between systems, not in the business: each once, however many exceptions it made.</summary>
public sealed class IntegrationIncidents : CountKpi
{
    private static readonly string[] s_technical = ["target-down", "timeout-after-write", "throttled", "not-authorized", "mapping-gap"];

    public override string Code => "integration-incidents";
    public override string Title => "Integration incidents";
    public override KpiSubject Subject => KpiSubject.Exception;
    public override KpiOnce Once => KpiOnce.Group;
    public override bool CarriesMoney => true;

    public override KpiDefinition Definition => new(
        "Different causes of the exceptions that opened in the period with a technical type: Target down, Timeout after write, Throttled, Not authorized, Mapping gap.",
        "Exceptions and their fingerprints. The first exception of a cause counts, the others of the period count zero.",
        "Integration lead",
        KpiVersion.Of("2026-11-21", "First version."));

    public override Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken) => ReadOnce(db, window, cancellationToken);

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.CasesIn(window)
        where c.OpenedAt >= window.From && c.OpenedAt < window.To && s_technical.Contains(c.ExceptionType)
        select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, Group = c.Fingerprint, At = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };

    public override IReadOnlyList<decimal?> Values(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var first = rows.GroupBy(row => row.Group, StringComparer.Ordinal).Select(cause => cause.OrderBy(row => row.At).ThenBy(row => row.Subject).First()).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. rows.Select(row => (decimal?)(first.Contains(row) ? 1 : 0))];
    }

    public override string Said(KpiRow row, KpiWindow window) => "technical";

    public override decimal? Target(KpiTargets targets) => targets.Incidents;
}
