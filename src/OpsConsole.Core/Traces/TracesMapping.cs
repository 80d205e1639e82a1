using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

internal sealed class SpanMapping : IEntityTypeConfiguration<Span>
{
    public void Configure(EntityTypeBuilder<Span> map)
    {
        map.ToTable("spans");

        // The day stands in the key because partitions are by day and a unique key must hold the partition's column.
        map.HasKey(s => new { s.TraceId, s.SpanId, s.StartNanos, s.Day });
        map.Property(s => s.TraceId).HasMaxLength(16).IsFixedLength();
        map.Property(s => s.SpanId).HasMaxLength(8).IsFixedLength();
        map.Property(s => s.ParentSpanId).HasMaxLength(8);
        map.Property(s => s.Name).HasMaxLength(Columns.Sentence);
        map.Property(s => s.Service).HasMaxLength(Columns.Identity);
        map.Property(s => s.ScopeName).HasMaxLength(Columns.Identity);
        map.HasIndex(s => s.BatchId);
    }
}

internal sealed class LogRecordMapping : IEntityTypeConfiguration<LogRecord>
{
    public void Configure(EntityTypeBuilder<LogRecord> map)
    {
        map.ToTable("logs");
        map.HasKey(l => new { l.Key, l.Day });
        map.Property(l => l.Key).ValueGeneratedNever();
        map.Property(l => l.TraceId).HasMaxLength(16).IsFixedLength();
        map.Property(l => l.SpanId).HasMaxLength(8).IsFixedLength();
        map.Property(l => l.SeverityText).HasMaxLength(Columns.Code);
        map.Property(l => l.EventName).HasMaxLength(Columns.Identity);
        map.Property(l => l.Service).HasMaxLength(Columns.Identity);
        map.Property(l => l.ScopeName).HasMaxLength(Columns.Identity);
        map.HasIndex(l => new { l.TraceId, l.TimeNanos });
    }
}

internal sealed class TraceSummaryMapping : IEntityTypeConfiguration<TraceSummary>
{
    public void Configure(EntityTypeBuilder<TraceSummary> map)
    {
        map.ToTable("traces");
        map.HasKey(t => t.TraceId);
        map.Property(t => t.TraceId).HasMaxLength(16).IsFixedLength();
        map.Property(t => t.Service).HasMaxLength(Columns.Identity);
        map.Property(t => t.Name).HasMaxLength(Columns.Sentence);
        map.HasIndex(t => t.StartedAt);
    }
}

internal sealed class TraceKeyMapping : IEntityTypeConfiguration<TraceKey>
{
    public void Configure(EntityTypeBuilder<TraceKey> map)
    {
        map.ToTable("trace_keys");
        map.HasKey(k => new { k.SpokenKey, k.TraceId });
        map.Property(k => k.TraceId).HasMaxLength(16).IsFixedLength();
        map.Property(k => k.Type).HasMaxLength(Columns.Code);
        map.Property(k => k.Id).HasMaxLength(Columns.Identity);
        map.Property(k => k.Unit).HasMaxLength(Columns.Identity);
        map.HasIndex(k => k.TraceId);
    }
}
