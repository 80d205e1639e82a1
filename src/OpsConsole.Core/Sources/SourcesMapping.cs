using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

internal sealed class SourceMapping : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> map)
    {
        map.ToTable("sources");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.Name).HasMaxLength(Columns.Code);
        map.Property(s => s.HookSecret).HasMaxLength(Columns.Kept);
        map.Property(s => s.HookSecretBefore).HasMaxLength(Columns.Kept);
        map.Property(s => s.Priority).HasDefaultValue(Lane.Normal).ValueGeneratedNever();
        map.Property(s => s.HookScheme).HasMaxLength(Columns.Code).HasDefaultValue(Hooks.HookSchemes.All[0].Code);
        map.HasIndex(s => s.Name).IsUnique();
    }
}

internal sealed class SourceKeyMapping : IEntityTypeConfiguration<SourceKey>
{
    public void Configure(EntityTypeBuilder<SourceKey> map)
    {
        map.ToTable("source_keys");
        map.HasKey(k => k.Id);
        map.Property(k => k.Id).ValueGeneratedNever();
        map.Property(k => k.Hash).HasMaxLength(Columns.Hash).IsFixedLength();
        map.Property(k => k.Tail).HasMaxLength(4);
        map.Property(k => k.UsedFrom).HasMaxLength(Columns.Code);
        map.HasIndex(k => k.Hash).IsUnique();
        map.HasIndex(k => k.SourceId);
    }
}

internal sealed class IntakeCountMapping : IEntityTypeConfiguration<IntakeCount>
{
    public void Configure(EntityTypeBuilder<IntakeCount> map)
    {
        map.ToTable("intake_counts");
        map.HasKey(c => new { c.SourceId, c.Kind });
        map.Property(c => c.Kind).HasMaxLength(Columns.Code);
    }
}

internal sealed class SourceHourMapping : IEntityTypeConfiguration<SourceHour>
{
    public void Configure(EntityTypeBuilder<SourceHour> map)
    {
        map.ToTable("source_hours");
        map.HasKey(h => new { h.SourceId, h.Hour });
    }
}

internal sealed class SourceRefusalMapping : IEntityTypeConfiguration<SourceRefusal>
{
    public void Configure(EntityTypeBuilder<SourceRefusal> map)
    {
        map.ToTable("source_refusals");
        map.HasKey(r => new { r.SourceId, r.Hour, r.Reason });
        map.Property(r => r.Reason).HasMaxLength(Columns.Code);
    }
}

internal sealed class FeedQuarterMapping : IEntityTypeConfiguration<FeedQuarter>
{
    public void Configure(EntityTypeBuilder<FeedQuarter> map)
    {
        map.ToTable("feed_quarters");
        map.HasKey(q => new { q.SourceId, q.Unit, q.At });
        map.Property(q => q.Unit).HasMaxLength(Columns.Identity);
    }
}

internal sealed class FeedMapping : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> map)
    {
        map.ToTable("feeds");
        map.HasKey(f => new { f.SourceId, f.Unit });
        map.Property(f => f.Unit).HasMaxLength(Columns.Identity);
    }
}
