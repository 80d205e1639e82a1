using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Access;

/// <summary>A Data Protection key (cookies, secrets at rest), kept in the database so that all nodes share it.</summary>
public sealed class ProtectionKey
{
    public required Guid Id { get; init; }

    public required string Xml { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ProtectionKeyMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> map)
    {
        map.ToTable("protection_keys");
        map.HasKey(k => k.Id);
        map.Property(k => k.Id).ValueGeneratedNever();
    }
}
