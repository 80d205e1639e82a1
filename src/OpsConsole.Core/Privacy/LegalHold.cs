using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>What must be kept although its time is over: one exception, one object, or all of a unit in a period. It holds until somebody ends it.</summary>
public sealed class LegalHold
{
    public required Guid Id { get; init; }

    /// <summary>As people read it: <c>EX-20418</c>, <c>invoice INV-1001</c>, <c>EMEA, 2026-01-01 to 2026-03-31</c>.</summary>
    public required string Said { get; init; }

    public Guid? CaseId { get; init; }

    public Guid? ObjectKey { get; init; }

    /// <summary>Of a unit: which; else the unit of what is held when it was placed.</summary>
    public string? Unit { get; init; }

    /// <summary>Of a unit: what was known at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Of a unit: what was known before.</summary>
    public DateTimeOffset? Until { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required string PlacedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public string? EndReason { get; set; }

    /// <summary>Somebody of this scope may know of it and end it. It names no legal entity, so who is limited to some may not.</summary>
    public bool IsSeenIn(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Unit is null ? scope.Everything : scope.Covers(Unit, entity: null);
    }
}

internal sealed class LegalHoldMapping : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> map)
    {
        map.ToTable("legal_holds");
        map.HasKey(h => h.Id);
        map.Property(h => h.Id).ValueGeneratedNever();
        map.Property(h => h.Said).HasMaxLength(Columns.Sentence);
        map.Property(h => h.Unit).HasMaxLength(Columns.Identity);
        map.Property(h => h.Reason).HasMaxLength(Columns.Sentence);
        map.Property(h => h.PlacedBy).HasMaxLength(Columns.Identity);
        map.Property(h => h.EndedBy).HasMaxLength(Columns.Identity);
        map.Property(h => h.EndReason).HasMaxLength(Columns.Sentence);
        map.HasIndex(h => h.EndedAt);
        map.HasIndex(h => h.CaseId);
        map.HasIndex(h => h.ObjectKey);
    }
}
