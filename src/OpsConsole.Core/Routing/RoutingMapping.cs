using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

internal sealed class RoutingRuleMapping : IEntityTypeConfiguration<RoutingRule>
{
    public void Configure(EntityTypeBuilder<RoutingRule> map)
    {
        map.ToTable("routing_rules");
        map.HasKey(r => r.Id);
        map.Property(r => r.Id).ValueGeneratedNever();
        map.Property(r => r.Name).HasMaxLength(Columns.Identity);
        map.Property(r => r.ExceptionType).HasMaxLength(Columns.Code);
        map.Property(r => r.EntityType).HasMaxLength(Columns.Code);
        map.Property(r => r.Unit).HasMaxLength(Columns.Identity);
        map.Property(r => r.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(r => r.Category).HasMaxLength(Columns.Code);
        map.Property(r => r.AmountAtLeast).HasPrecision(19, 4);
        map.Property(r => r.Queue).HasMaxLength(Columns.Code);
        map.Property(r => r.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}

internal sealed class WorkQueueMapping : IEntityTypeConfiguration<WorkQueue>
{
    public void Configure(EntityTypeBuilder<WorkQueue> map)
    {
        map.ToTable("queues");
        map.HasKey(q => q.Code);
        map.Property(q => q.Code).HasMaxLength(Columns.Code);
        map.Property(q => q.Label).HasMaxLength(Columns.Identity);
    }
}
