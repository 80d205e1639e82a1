using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Events;

internal sealed class SyncEventMapping : IEntityTypeConfiguration<SyncEvent>
{
    public void Configure(EntityTypeBuilder<SyncEvent> map)
    {
        map.ToTable("events");
        map.HasKey(e => e.Key);
        map.Property(e => e.Key).HasMaxLength(Columns.Hash).IsFixedLength();
        map.Property(e => e.Content).HasMaxLength(Columns.Hash).IsFixedLength();
        map.Property(e => e.TraceId).HasMaxLength(16);
        map.Property(e => e.Source).HasMaxLength(2 * Columns.Identity);
        map.Property(e => e.Id).HasMaxLength(Columns.Identity);
        map.Property(e => e.Type).HasMaxLength(Columns.Identity);
        map.Property(e => e.Subject).HasMaxLength(2 * Columns.Identity);
        map.Property(e => e.EntityType).HasMaxLength(Columns.Code);
        map.Property(e => e.EntityId).HasMaxLength(Columns.Identity);
        map.Property(e => e.System).HasMaxLength(Columns.Identity);
        map.Property(e => e.Operation).HasMaxLength(Columns.Identity);
        map.Property(e => e.State).HasMaxLength(Columns.Identity);
        map.Property(e => e.Sequence).HasMaxLength(Columns.Identity);
        map.Property(e => e.BusinessUnit).HasMaxLength(Columns.Identity);
        map.Property(e => e.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(e => e.Region).HasMaxLength(Columns.Identity);
        map.Property(e => e.Amount).HasPrecision(19, 4);
        map.Property(e => e.Currency).HasMaxLength(Columns.Currency);
        map.Property(e => e.ErrorCode).HasMaxLength(Columns.Identity);
        map.Property(e => e.ErrorCategory).HasMaxLength(Columns.Code);
        map.Property(e => e.ErrorAttribute).HasMaxLength(Columns.Identity);
        map.Property(e => e.CorrelationId).HasMaxLength(Columns.Identity);
        map.Property(e => e.ReplayTarget).HasMaxLength(Columns.Identity);
        map.Property(e => e.IdempotencyKey).HasMaxLength(Columns.Identity);

        map.HasIndex(e => e.BatchId);           // the projector reads a batch
        map.HasIndex(e => e.SpokenKey);         // a fold reads an object's facts
        map.HasIndex(e => e.Time);              // a search looks within a time: the dialects make it as small as they can
    }
}

internal sealed class BusinessObjectMapping : IEntityTypeConfiguration<BusinessObject>
{
    public void Configure(EntityTypeBuilder<BusinessObject> map)
    {
        map.ToTable("objects");
        map.HasKey(o => o.Key);
        map.Property(o => o.Key).ValueGeneratedNever();
        map.Property(o => o.Type).HasMaxLength(Columns.Code);
        map.Property(o => o.Id).HasMaxLength(Columns.Identity);
        map.Property(o => o.Label).HasMaxLength(Columns.Identity);
        map.Property(o => o.OwnUnit).HasMaxLength(Columns.Identity);
        map.Property(o => o.OwnLegalEntity).HasMaxLength(Columns.Identity);
        map.Property(o => o.OwnRegion).HasMaxLength(Columns.Identity);
        map.Property(o => o.Unit).HasMaxLength(Columns.Identity);
        map.Property(o => o.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(o => o.Region).HasMaxLength(Columns.Identity);
        map.Property(o => o.Amount).HasPrecision(19, 4);
        map.Property(o => o.Currency).HasMaxLength(Columns.Currency);

        map.HasIndex(o => o.Id);                                    // search by business key
        map.HasIndex(o => new { o.Unit, o.Type });                  // the reconciliation backlog: the dialects keep it to what disagrees
    }
}

internal sealed class ObjectStateMapping : IEntityTypeConfiguration<ObjectState>
{
    public void Configure(EntityTypeBuilder<ObjectState> map)
    {
        map.ToTable("object_states");
        map.HasKey(s => new { s.ObjectKey, s.System });
        map.Property(s => s.System).HasMaxLength(Columns.Identity);
        map.Property(s => s.State).HasMaxLength(Columns.Identity);
        map.Property(s => s.Operation).HasMaxLength(Columns.Identity);
        map.Property(s => s.Amount).HasPrecision(19, 4);
        map.Property(s => s.Currency).HasMaxLength(Columns.Currency);
        map.Property(s => s.ErrorCode).HasMaxLength(Columns.Identity);
        map.Property(s => s.EventKey).HasMaxLength(Columns.Hash).IsFixedLength();
    }
}

internal sealed class SaidNameMapping : IEntityTypeConfiguration<SaidName>
{
    public void Configure(EntityTypeBuilder<SaidName> map)
    {
        map.ToTable("said_names");
        map.HasKey(n => n.Key);
        map.Property(n => n.Key).ValueGeneratedNever();
        map.Property(n => n.Type).HasMaxLength(Columns.Code);
        map.Property(n => n.System).HasMaxLength(Columns.Identity);
        map.Property(n => n.Id).HasMaxLength(Columns.Identity);
        map.Property(n => n.TargetType).HasMaxLength(Columns.Code);
        map.Property(n => n.TargetSystem).HasMaxLength(Columns.Identity);
        map.Property(n => n.TargetId).HasMaxLength(Columns.Identity);
        map.Property(n => n.Source).HasMaxLength(2 * Columns.Identity);
        map.Property(n => n.Sequence).HasMaxLength(Columns.Identity);
        map.Property(n => n.EventId).HasMaxLength(Columns.Identity);
        map.HasIndex(n => n.SpokenKey);
        map.HasIndex(n => n.TargetSpokenKey);
        map.HasIndex(n => n.Id);                                    // search by any system's name for it
    }
}

internal sealed class SaidLinkMapping : IEntityTypeConfiguration<SaidLink>
{
    public void Configure(EntityTypeBuilder<SaidLink> map)
    {
        map.ToTable("said_links");
        map.HasKey(l => l.Key);
        map.Property(l => l.Key).ValueGeneratedNever();
        map.Property(l => l.System).HasMaxLength(Columns.Identity);
        map.Property(l => l.FromType).HasMaxLength(Columns.Code);
        map.Property(l => l.FromId).HasMaxLength(Columns.Identity);
        map.Property(l => l.ToType).HasMaxLength(Columns.Code);
        map.Property(l => l.ToId).HasMaxLength(Columns.Identity);
        map.Property(l => l.Role).HasMaxLength(Columns.Identity);
        map.HasIndex(l => l.FromKey);
        map.HasIndex(l => l.ToKey);
    }
}

internal sealed class ObjectLinkMapping : IEntityTypeConfiguration<ObjectLink>
{
    public void Configure(EntityTypeBuilder<ObjectLink> map)
    {
        map.ToTable("object_links");
        map.HasKey(l => new { l.FromKey, l.ToKey });
        map.Property(l => l.FromType).HasMaxLength(Columns.Code);
        map.Property(l => l.ToType).HasMaxLength(Columns.Code);
        map.Property(l => l.Role).HasMaxLength(Columns.Identity);
    }
}
