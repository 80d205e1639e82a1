using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

internal sealed class BulkMapping : IEntityTypeConfiguration<Bulk>
{
    public void Configure(EntityTypeBuilder<Bulk> map)
    {
        map.ToTable("bulks");
        map.HasKey(b => b.Id);
        map.Property(b => b.Id).ValueGeneratedNever();
        map.Property(b => b.Number).ValueGeneratedOnAdd();
        map.Ignore(b => b.Name);
        map.Ignore(b => b.Waves);
        map.Property(b => b.Said).HasMaxLength(Columns.Sentence);
        map.Property(b => b.CreatedBy).HasMaxLength(Columns.Identity);
        map.Property(b => b.CreatedByName).HasMaxLength(Columns.Identity);
        map.Property(b => b.Worth).HasPrecision(19, 4);
        map.Property(b => b.Ramp).HasMaxLength(Columns.Code);
        map.Property(b => b.RatePerSecond).HasPrecision(9, 3);
        map.Property(b => b.StopAbove).HasPrecision(5, 4);
        map.Property(b => b.NeedsApproval).HasMaxLength(Columns.Sentence);
        map.Property(b => b.Hash).HasMaxLength(64);
        map.Property(b => b.StartedBy).HasMaxLength(Columns.Identity);
        map.Property(b => b.StartedByName).HasMaxLength(Columns.Identity);
        map.Property(b => b.ApprovedBy).HasMaxLength(Columns.Identity);
        map.Property(b => b.ApprovedByName).HasMaxLength(Columns.Identity);
        map.Property(b => b.Why).HasMaxLength(Columns.Sentence);
        map.Property(b => b.Version).IsConcurrencyToken();
        map.HasIndex(b => b.Number).IsUnique();
        map.HasIndex(b => b.State);
        map.HasIndex(b => b.CreatedAt);
    }
}

internal sealed class BulkItemMapping : IEntityTypeConfiguration<BulkItem>
{
    public void Configure(EntityTypeBuilder<BulkItem> map)
    {
        map.ToTable("bulk_items");
        map.HasKey(i => new { i.BulkId, i.Position });
        map.Property(i => i.Position).ValueGeneratedNever();
        map.Property(i => i.Unit).HasMaxLength(Columns.Identity);
        map.Property(i => i.Worth).HasPrecision(19, 4);
        map.Property(i => i.Why).HasMaxLength(Columns.Sentence);
        map.HasIndex(i => new { i.BulkId, i.State, i.Position });         // whose turn is next
        map.HasIndex(i => i.CaseId);
        map.HasOne<Bulk>().WithMany().HasForeignKey(i => i.BulkId).OnDelete(DeleteBehavior.Cascade);
    }
}
