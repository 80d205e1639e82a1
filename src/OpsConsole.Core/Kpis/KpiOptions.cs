using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpsConsole.Kpis;

/// <summary>What the board looks at.</summary>
public sealed class KpiOptions
{
    public const string Section = "Kpis";

    /// <summary>The flow shown when the address names none.</summary>
    [Required]
    public string Flow { get; init; } = "order-to-cash";

    /// <summary>The milestone at which an invoice exists in billing.</summary>
    [Required]
    public string LagFrom { get; init; } = "invoiced";

    /// <summary>The milestone at which it stands in the books.</summary>
    [Required]
    public string LagTo { get; init; } = "booked-in-erp";

    /// <summary>Of the invoices, the share in per cent that may take longer than the target: the budget. The target is held against p95, so 5.</summary>
    [Range(0.01, 100)]
    public decimal LagBudgetPercent { get; init; } = 5;

    /// <summary>A source that has sent within the last week and is quiet for this long is called silent.</summary>
    [Range(1, 7 * 24 * 60)]
    public double SilentAfterMinutes { get; init; } = 60;

    /// <summary>A source whose habit is not known yet is called late when its events come so long after they happened.</summary>
    [Range(1, 7 * 24 * 60)]
    public double LateAfterMinutes { get; init; } = 60;

    /// <summary>How often the sampler looks; the hour's point is the last look of the hour.</summary>
    [Range(0.1, 60)]
    public double SampleMinutes { get; init; } = 5;

    [Required, ValidateObjectMembers]
    public KpiTargets Targets { get; init; } = new();
}

/// <summary>The wishes that numbers are held against. An absent one means: shown without a verdict.</summary>
public sealed class KpiTargets
{
    [Range(0, 100)]
    public decimal? OnTimePercent { get; init; } = 97;

    [Range(0, 1_000_000)]
    public decimal? LagMinutes { get; init; } = 15;

    [Range(0, 1_000_000)]
    public decimal? FailedCustomers { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? Backlog { get; init; }

    /// <summary>In the reporting currency.</summary>
    [Range(0, 1e15)]
    public decimal? AtRisk { get; init; }

    [Range(0, 100)]
    public decimal? ResolvedPercent { get; init; } = 90;

    /// <summary>Nine of ten resolved within so many hours.</summary>
    [Range(0, 100_000)]
    public decimal? ResolveHours { get; init; } = 24;

    [Range(0, 100)]
    public decimal? FirstTimeRightPercent { get; init; } = 95;

    [Range(0, 100)]
    public decimal? DuplicatePercent { get; init; } = 1;

    [Range(0, 100)]
    public decimal? ReplayPercent { get; init; } = 95;

    [Range(0, 100)]
    public decimal? PaymentPercent { get; init; } = 99;

    [Range(0, 100)]
    public decimal? InvoicePercent { get; init; } = 99;

    [Range(0, 1_000_000_000)]
    public decimal? Corrections { get; init; }

    /// <summary>Half of what failed agrees again within so many hours.</summary>
    [Range(0, 100_000)]
    public decimal? CycleHours { get; init; } = 24;

    [Range(0, 100_000)]
    public decimal? FreshMinutes { get; init; } = 60;

    [Range(0, 100)]
    public decimal? ActivePercent { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? PendingCustomers { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? TaxProfiles { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? Review { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? Commitments { get; init; }

    [Range(0, 1_000_000_000)]
    public decimal? Incidents { get; init; }

    [Range(0, 100)]
    public decimal? SlaPercent { get; init; } = 95;
}

[OptionsValidator]
internal sealed partial class KpiOptionsValidator : IValidateOptions<KpiOptions>;
