using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>A mapping as it is kept. Setting one raises <see cref="Version"/>; facts that were stored before keep what they were stored as.</summary>
public sealed class EventMapping
{
    public required string Name { get; init; }

    /// <summary>A <see cref="MappingDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }
}

internal sealed class EventMappingMapping : IEntityTypeConfiguration<EventMapping>
{
    public void Configure(EntityTypeBuilder<EventMapping> map)
    {
        map.ToTable("mappings");
        map.HasKey(m => m.Name);
        map.Property(m => m.Name).HasMaxLength(Columns.Code);
        map.Property(m => m.UpdatedBy).HasMaxLength(Columns.Identity);
        map.Property(m => m.Version).IsConcurrencyToken();
    }
}
