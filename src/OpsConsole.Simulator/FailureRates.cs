namespace OpsConsole.Simulator;

/// <summary>How often each thing goes wrong, as a share of the transactions (the last three: of the events) that it can happen to.</summary>
public sealed class FailureRates
{
    public double TaxProfile { get; init; } = 0.04;
    public double PaymentTerms { get; init; } = 0.03;

    /// <summary>Of the new customers.</summary>
    public double DuplicateCustomer { get; init; } = 0.08;
    public double TimeoutAfterWrite { get; init; } = 0.015;
    public double Throttled { get; init; } = 0.03;

    /// <summary>The share of transactions at which the ERP goes down for a while, with all that come in that while.</summary>
    public double ErpDown { get; init; } = 0.006;
    public double NeverComes { get; init; } = 0.02;

    /// <summary>ERP and billing keep different amounts or terms.</summary>
    public double Disagreement { get; init; } = 0.02;

    /// <summary>The share of refused messages that somebody in the company repairs at the source after a while, without the console.</summary>
    public double Heals { get; init; } = 0.35;

    /// <summary>The same for the past: most of it has long been repaired.</summary>
    public double HealedInThePast { get; init; } = 0.8;
    public double Late { get; init; } = 0.04;
    public double Twice { get; init; } = 0.04;
    public double OutOfOrder { get; init; } = 0.04;

    /// <summary>A company in which nothing goes wrong by itself.</summary>
    public static FailureRates None => new()
    {
        TaxProfile = 0, PaymentTerms = 0, DuplicateCustomer = 0, TimeoutAfterWrite = 0, Throttled = 0, ErpDown = 0, NeverComes = 0,
        Disagreement = 0, Heals = 0, HealedInThePast = 0, Late = 0, Twice = 0, OutOfOrder = 0,
    };

    internal IEnumerable<string> Faults()
    {
        foreach (var (name, rate) in All())
        {
            if (rate is < 0 or > 1)
            {
                yield return $"{name} ({rate}) must be from 0 to 1.";
            }
        }

        var sum = TaxProfile + PaymentTerms + DuplicateCustomer + TimeoutAfterWrite + Throttled + ErpDown + NeverComes + Disagreement;
        if (sum > 1)
        {
            yield return $"the failure kinds of one transaction add up to {sum}, more than 1.";
        }
    }

    private IEnumerable<(string Name, double Rate)> All() =>
    [
        (nameof(TaxProfile), TaxProfile), (nameof(PaymentTerms), PaymentTerms), (nameof(DuplicateCustomer), DuplicateCustomer),
        (nameof(TimeoutAfterWrite), TimeoutAfterWrite), (nameof(Throttled), Throttled), (nameof(ErpDown), ErpDown),
        (nameof(NeverComes), NeverComes), (nameof(Disagreement), Disagreement), (nameof(Heals), Heals),
        (nameof(HealedInThePast), HealedInThePast), (nameof(Late), Late), (nameof(Twice), Twice), (nameof(OutOfOrder), OutOfOrder),
    ];
}
