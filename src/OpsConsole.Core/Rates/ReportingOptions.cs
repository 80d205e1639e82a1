using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Rates;

/// <summary>In which currency sums are told.</summary>
public sealed class ReportingOptions
{
    public const string Section = "Reporting";

    [Required, RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; init; } = "EUR";
}
