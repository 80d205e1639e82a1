using System.Text.Json;

namespace OpsConsole.Simulator.Tests.Stage;

/// <summary>An invoice that the ERP takes; a test names only what it is about. ACC-1008 is a customer of old at DE01.</summary>
internal sealed record InvoiceSample
{
    public string? TranId { get; init; } = "INV-1";
    public string Entity { get; init; } = "ACC-1008";
    public string Subsidiary { get; init; } = "DE01";
    public object? Amount { get; init; } = 5200.00m;
    public string Currency { get; init; } = "EUR";
    public string? TaxProfile { get; init; } = "DE-VAT19";
    public string? PaymentTerms { get; init; } = "NET30";
    public string? Memo { get; init; }

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
