using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

internal sealed class ParkedFactMapping : IEntityTypeConfiguration<ParkedFact>
{
    public void Configure(EntityTypeBuilder<ParkedFact> map)
    {
        map.ToTable("parked_facts");
        map.HasKey(p => p.EventKey);
        map.Property(p => p.EventKey).HasMaxLength(Columns.Hash).IsFixedLength();
        map.Property(p => p.Reason).HasMaxLength(Columns.Sentence);
    }
}

internal sealed class BatchMapping : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> map)
    {
        map.ToTable("batches");
        map.HasKey(b => b.Id);
        map.Property(b => b.Id).ValueGeneratedNever();
        map.Property(b => b.Kind).HasMaxLength(Columns.Code);
        map.HasIndex(b => new { b.FoldedAt, b.Kind, b.Lane, b.ReceivedAt });     // what waits in a lane, oldest first
    }
}
