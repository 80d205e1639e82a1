namespace OpsConsole.Simulator.Business;

/// <summary>A customer as the CRM knows it, which is how it truly is.</summary>
internal sealed record Customer(
    string Id, string Name, LegalEntity Entity, string VatNumber, string TaxProfile, string PaymentTerms, string Email)
{
    public string BillingAccountId => "BA-" + Id[4..];
}
