using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>Whose replays are added up, so that splitting a large one does not get round a rule.</summary>
public enum Together : short
{
    /// <summary>Each replay is judged by itself.</summary>
    Alone,

    /// <summary>What one preparer sends without a second person.</summary>
    Preparer,

    /// <summary>What anybody sends of one cause.</summary>
    Cause,

    /// <summary>What anybody sends for one customer or supplier, by the name that lists show.</summary>
    Counterparty,
}

/// <summary>
/// One version of a rule that says when a second person must approve a replay. Any rule that holds demands it, so a further rule can only
/// tighten. An empty condition holds for everything. Versions are never changed; the current one has no <see cref="ReplacedAt"/>.
/// </summary>
public sealed class FourEyesRule
{
    public required Guid Id { get; init; }

    /// <summary>From 1; with <see cref="Id"/> the key, so of two who change a rule at once one wins.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Object type.</summary>
    public string? EntityType { get; init; }

    public string? Unit { get; init; }

    public string? LegalEntity { get; init; }

    /// <summary>Names of payload fields, with commas: the rule holds when the repair changed one of them, at any depth.</summary>
    public string? Attributes { get; init; }

    /// <summary>Above this in the reporting currency; an amount without a known rate counts as above.</summary>
    public decimal? AmountAbove { get; init; }

    /// <summary>Added up over <see cref="Window"/> hours, above this in the reporting currency.</summary>
    public decimal? TogetherAbove { get; init; }

    public Together Together { get; init; }

    /// <summary>Hours that roll.</summary>
    public double Window { get; init; }

    public bool Disabled { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    /// <summary>Another version came, or the rule was retired. Nothing: it is in force.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    public string? ReplacedById { get; set; }

    public IReadOnlyList<string> Fields => Attributes?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Nothing but its conditions is asked: whatever meets them needs a second person.</summary>
    public bool Always => AmountAbove is null && TogetherAbove is null;

    /// <summary>The exception, with what the repair changed, meets the conditions.</summary>
    public bool Concerns(ExceptionCase @case, IReadOnlyCollection<string> changed) =>
        (EntityType is null || EntityType == @case.ObjectType)
        && (Unit is null || Unit == @case.Unit)
        && (LegalEntity is null || LegalEntity == @case.LegalEntity)
        && (Attributes is null || Touched(changed).Count > 0);

    /// <summary>Which of its fields were changed.</summary>
    public IReadOnlyList<string> Touched(IReadOnlyCollection<string> changed) => [.. Fields.Where(field => changed.Any(path => ChangedFields.Names(path, field)))];
}

internal sealed class FourEyesRuleMapping : IEntityTypeConfiguration<FourEyesRule>
{
    public void Configure(EntityTypeBuilder<FourEyesRule> map)
    {
        map.ToTable("four_eyes_rules");
        map.HasKey(r => new { r.Id, r.Version });
        map.Property(r => r.Id).ValueGeneratedNever();
        map.Property(r => r.Version).ValueGeneratedNever();
        map.Property(r => r.Name).HasMaxLength(Columns.Identity);
        map.Property(r => r.EntityType).HasMaxLength(Columns.Code);
        map.Property(r => r.Unit).HasMaxLength(Columns.Identity);
        map.Property(r => r.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(r => r.Attributes).HasMaxLength(Columns.Sentence);
        map.Property(r => r.AmountAbove).HasPrecision(19, 4);
        map.Property(r => r.TogetherAbove).HasPrecision(19, 4);
        map.Property(r => r.ById).HasMaxLength(Columns.Identity);
        map.Property(r => r.ByName).HasMaxLength(Columns.Identity);
        map.Property(r => r.ReplacedById).HasMaxLength(Columns.Identity);
        map.Property(r => r.ReplacedAt).IsConcurrencyToken();
        map.Ignore(r => r.Fields);
        map.Ignore(r => r.Always);
    }
}
