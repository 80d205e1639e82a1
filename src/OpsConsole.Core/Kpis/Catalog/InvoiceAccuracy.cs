namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the invoices that more than one system speaks of, the share about which they agree.</summary>
public sealed class InvoiceAccuracy() : AgreementKpi("invoice")
{
    public override string Code => "invoice-accuracy";
    public override string Title => "Invoices right";

    public override KpiDefinition Definition => new(
        "Invoices first heard of in the period that two systems or more speak of and about which they agree now ÷ all invoices first heard of in it that two systems or more speak of.",
        Compared,
        "Head of billing",
        KpiVersion.Of("2026-11-21", "First version."));

    public override decimal? Target(KpiTargets targets) => targets.InvoicePercent;
}
