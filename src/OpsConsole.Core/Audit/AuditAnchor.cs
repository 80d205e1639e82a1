using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>The head of the chain at a moment, signed. Kept outside as well (<see cref="AuditDelivery"/>), it shows what an owner of the database rewrote since. Never changed.</summary>
public sealed class AuditAnchor
{
    /// <summary>The number of the last seal that it speaks of.</summary>
    public required long Number { get; init; }

    public required byte[] Chain { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The <see cref="AuditKey"/> that signed it.</summary>
    public required string KeyId { get; init; }

    /// <summary>ECDSA over P-256 and SHA-256, in DER.</summary>
    public required byte[] Signature { get; init; }
}

/// <summary>A key that signed anchors. Its public half stays, so that old anchors can be checked after a change of keys.</summary>
public sealed class AuditKey
{
    /// <summary>The SHA-256 of the public key, in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>As SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The private half under Data Protection, when the console made the key itself; nothing: it is kept in a file.</summary>
    public string? ProtectedKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How one way of taking an anchor outside went.</summary>
public sealed class AuditDelivery
{
    public required long Number { get; init; }

    /// <summary><c>file</c>, <c>mail</c>, <c>hook</c>.</summary>
    public required string Way { get; init; }

    public int Attempts { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Why the latest attempt failed.</summary>
    public string? Fault { get; set; }
}

internal sealed class AuditAnchorMapping : IEntityTypeConfiguration<AuditAnchor>
{
    public void Configure(EntityTypeBuilder<AuditAnchor> map)
    {
        map.ToTable("audit_anchors");
        map.HasKey(a => a.Number);
        map.Property(a => a.Number).ValueGeneratedNever();
        map.Property(a => a.Chain).HasMaxLength(Columns.Hash);
        map.Property(a => a.KeyId).HasMaxLength(Columns.Code);
        map.Property(a => a.Signature).HasMaxLength(Columns.Code * 2);
    }
}

internal sealed class AuditKeyMapping : IEntityTypeConfiguration<AuditKey>
{
    public void Configure(EntityTypeBuilder<AuditKey> map)
    {
        map.ToTable("audit_keys");
        map.HasKey(k => k.Id);
        map.Property(k => k.Id).HasMaxLength(Columns.Code);
        map.Property(k => k.PublicKey).HasMaxLength(Columns.Sentence);
        map.Property(k => k.ProtectedKey).HasMaxLength(Columns.Kept);
    }
}

internal sealed class AuditDeliveryMapping : IEntityTypeConfiguration<AuditDelivery>
{
    public void Configure(EntityTypeBuilder<AuditDelivery> map)
    {
        map.ToTable("audit_deliveries");
        map.HasKey(d => new { d.Number, d.Way });
        map.Property(d => d.Way).HasMaxLength(Columns.Code);
        map.Property(d => d.Fault).HasMaxLength(Columns.Sentence);
        map.HasIndex(d => d.DeliveredAt);
    }
}
