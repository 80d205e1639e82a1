namespace OpsConsole.Kpis.Catalog;

/// <summary>Of the payments that more than one system speaks of, the share about which they agree.</summary>
public sealed class PaymentPostingAccuracy() : AgreementKpi("payment")
{
    public override string Code => "payment-posting-accuracy";
    public override string Title => "Payments posted right";

    public override KpiDefinition Definition => new(
        "Payments first heard of in the period that two systems or more speak of and about which they agree now ÷ all payments first heard of in it that two systems or more speak of.",
        Compared,
        "Head of accounts receivable",
        KpiVersion.Of("2026-11-21", "First version."));

    public override decimal? Target(KpiTargets targets) => targets.PaymentPercent;
}
