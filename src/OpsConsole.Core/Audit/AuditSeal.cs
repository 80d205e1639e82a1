using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>A committed entry's place in the chain. Never changed.</summary>
public sealed class AuditSeal
{
    /// <summary>1, 2, 3, without gaps.</summary>
    public required long Number { get; init; }

    public required Guid EntryId { get; init; }

    /// <summary>The entry's hash as it was when it was sealed.</summary>
    public required byte[] EntryHash { get; init; }

    /// <summary><see cref="AuditBytes.Link"/> over the chain before it.</summary>
    public required byte[] Chain { get; init; }

    public required DateTimeOffset SealedAt { get; init; }
}

internal sealed class AuditSealMapping : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> map)
    {
        map.ToTable("audit_seals");
        map.HasKey(s => s.Number);
        map.Property(s => s.Number).ValueGeneratedNever();
        map.Property(s => s.EntryHash).HasMaxLength(Columns.Hash);
        map.Property(s => s.Chain).HasMaxLength(Columns.Hash);
        map.HasIndex(s => s.EntryId).IsUnique();
    }
}
