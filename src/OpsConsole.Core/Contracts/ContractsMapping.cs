using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

internal sealed class ContractMapping : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> map)
    {
        map.ToTable("contracts");
        map.HasKey(c => c.Name);
        map.Property(c => c.Name).HasMaxLength(Columns.Code);
        map.Property(c => c.Label).HasMaxLength(Columns.Identity);
        map.Property(c => c.Target).HasMaxLength(Columns.Identity);
        map.Property(c => c.EventType).HasMaxLength(Columns.Identity);
        map.Property(c => c.ObjectType).HasMaxLength(Columns.Code);
        map.Property(c => c.Operation).HasMaxLength(Columns.Identity);
        map.Property(c => c.UpdatedBy).HasMaxLength(Columns.Identity);
        map.Property(c => c.Revision).IsConcurrencyToken();
    }
}

internal sealed class ContractVersionMapping : IEntityTypeConfiguration<ContractVersion>
{
    public void Configure(EntityTypeBuilder<ContractVersion> map)
    {
        map.ToTable("contract_versions");
        map.HasKey(v => new { v.Contract, v.Number });
        map.Property(v => v.Contract).HasMaxLength(Columns.Code);
        map.Property(v => v.Number).ValueGeneratedNever();
        map.Property(v => v.Note).HasMaxLength(Columns.Sentence);
        map.Property(v => v.PublishedBy).HasMaxLength(Columns.Identity);
        map.HasOne<Contract>().WithMany().HasForeignKey(v => v.Contract).OnDelete(DeleteBehavior.Restrict);
    }
}
