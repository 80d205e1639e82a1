using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Approvals;

/// <summary>What the first four-eyes rules say. Once somebody has changed a rule, the rule counts and this does not.</summary>
public sealed class ApprovalOptions
{
    public const string Section = "Approval";

    /// <summary>In the reporting currency. What is at risk above it needs four eyes; so does an amount without a known rate, and what one person sends alone in <see cref="WindowHours"/> together.</summary>
    [Range(0, 1e12)]
    public decimal Threshold { get; init; } = 10_000m;

    /// <summary>Over how many hours what somebody sends alone is added up.</summary>
    [Range(1, 31 * 24)]
    public double WindowHours { get; init; } = 24;
}
