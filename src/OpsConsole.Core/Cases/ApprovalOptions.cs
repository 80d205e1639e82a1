using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Cases;

/// <summary>From which amount on a second person must approve a replay.</summary>
public sealed class ApprovalOptions
{
    public const string Section = "Approval";

    /// <summary>In the reporting currency. What is at risk above it needs four eyes; so does an amount without a known rate.</summary>
    [Range(0, 1e12)]
    public decimal Threshold { get; init; } = 10_000m;

    /// <summary>True when nobody may replay this alone.</summary>
    public bool NeedsFourEyes(decimal? amount, decimal? reporting) => amount is not null && (reporting is null || reporting > Threshold);
}
