using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Storage;

/// <summary>The answer that a change got under its <c>Idempotency-Key</c>: the same caller, route and key get it again instead of a second change.</summary>
public sealed class KnownAnswer
{
    /// <summary><see cref="Ids.Key"/> of (caller, method and path, key).</summary>
    public required Guid Key { get; init; }

    /// <summary>SHA-256 (hex) of what was asked: the same key with another body is a mistake, and told so.</summary>
    public required string Asked { get; init; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Nothing while the first is still being answered.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? ETag { get; set; }

    public string? Body { get; set; }
}

internal sealed class KnownAnswerMapping : IEntityTypeConfiguration<KnownAnswer>
{
    public void Configure(EntityTypeBuilder<KnownAnswer> map)
    {
        map.ToTable("known_answers");
        map.HasKey(a => a.Key);
        map.Property(a => a.Key).ValueGeneratedNever();
        map.Property(a => a.Asked).HasMaxLength(64);
        map.Property(a => a.ContentType).HasMaxLength(Columns.Code);
        map.Property(a => a.ETag).HasMaxLength(Columns.Code);
        map.HasIndex(a => a.At);                 // old ones are swept
    }
}
