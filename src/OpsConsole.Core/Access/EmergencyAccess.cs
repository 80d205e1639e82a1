using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Roles that somebody has for some hours because something cannot wait. It ends by itself, is announced to every administrator, and is reviewed by somebody else afterwards.</summary>
public sealed class EmergencyAccess
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required List<Role> Roles { get; init; }

    public bool AllUnits { get; init; }

    public required List<string> Units { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends by itself (UTC).</summary>
    public required DateTimeOffset Until { get; init; }

    public required string GivenById { get; init; }

    public required string GivenBy { get; init; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public string? ReviewedBy { get; set; }

    /// <summary>What the reviewer found.</summary>
    public string? ReviewNote { get; set; }

    public bool Holds(DateTimeOffset at) => From <= at && at < Until && (EndedAt is not { } ended || at < ended);
}

internal sealed class EmergencyAccessMapping : IEntityTypeConfiguration<EmergencyAccess>
{
    public void Configure(EntityTypeBuilder<EmergencyAccess> map)
    {
        map.ToTable("emergency_access");
        map.HasKey(e => e.Id);
        map.Property(e => e.Id).ValueGeneratedNever();
        map.Property(e => e.Roles).HasRoles();
        map.Property(e => e.Reason).HasMaxLength(Columns.Sentence);
        map.Property(e => e.GivenById).HasMaxLength(Columns.Identity);
        map.Property(e => e.GivenBy).HasMaxLength(Columns.Identity);
        map.Property(e => e.EndedBy).HasMaxLength(Columns.Identity);
        map.Property(e => e.ReviewedBy).HasMaxLength(Columns.Identity);
        map.Property(e => e.ReviewNote).HasMaxLength(Columns.Sentence);
        map.HasIndex(e => new { e.PersonId, e.Until });
    }
}
