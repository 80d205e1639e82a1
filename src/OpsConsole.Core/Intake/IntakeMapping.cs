using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

internal sealed class QuarantinedMapping : IEntityTypeConfiguration<Quarantined>
{
    public void Configure(EntityTypeBuilder<Quarantined> map)
    {
        map.ToTable("quarantine");
        map.HasKey(q => q.Id);
        map.Property(q => q.Id).ValueGeneratedNever();
        map.Property(q => q.Kind).HasMaxLength(Columns.Code);
        map.Property(q => q.Reason).HasMaxLength(Columns.Code);
        map.Property(q => q.Message).HasMaxLength(Columns.Sentence);
        map.Property(q => q.Field).HasMaxLength(Columns.Code);
        map.Property(q => q.EventType).HasMaxLength(Columns.Identity);
        map.Property(q => q.EventSource).HasMaxLength(2 * Columns.Identity);
        map.Property(q => q.EventId).HasMaxLength(Columns.Identity);
        map.Property(q => q.EventKey).HasMaxLength(Columns.Hash);
        map.Property(q => q.ContentType).HasMaxLength(Columns.Identity);
        map.Property(q => q.SettledBy).HasMaxLength(Columns.Identity);
        map.HasIndex(q => new { q.State, q.ReceivedAt });
        map.HasIndex(q => new { q.SenderId, q.Reason, q.State, q.Id });          // one kind, by and by
        map.HasIndex(q => q.EventKey);
    }
}

internal sealed class ConflictMapping : IEntityTypeConfiguration<Conflict>
{
    public void Configure(EntityTypeBuilder<Conflict> map)
    {
        map.ToTable("conflicts");
        map.HasKey(c => c.Id);
        map.Property(c => c.Id).ValueGeneratedNever();
        map.Property(c => c.EventKey).HasMaxLength(Columns.Hash).IsFixedLength();
        map.Property(c => c.EventSource).HasMaxLength(2 * Columns.Identity);
        map.Property(c => c.EventId).HasMaxLength(Columns.Identity);
        map.HasIndex(c => c.ReceivedAt);
    }
}
