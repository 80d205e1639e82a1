using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Ownership;

internal sealed class OwnershipRuleMapping : IEntityTypeConfiguration<OwnershipRule>
{
    public void Configure(EntityTypeBuilder<OwnershipRule> map)
    {
        map.ToTable("ownership_rules");
        map.HasKey(r => new { r.Entity, r.Attribute, r.Unit, r.Version });
        map.Property(r => r.Entity).HasMaxLength(Columns.Code);
        map.Property(r => r.Attribute).HasMaxLength(Columns.Code * 2);
        map.Property(r => r.Unit).HasMaxLength(Columns.Code * 2);
        map.Property(r => r.Version).ValueGeneratedNever();
        map.Property(r => r.Owner).HasMaxLength(Columns.Code);
        map.Property(r => r.Note).HasMaxLength(Columns.Sentence);
        map.Property(r => r.SetBy).HasMaxLength(Columns.Identity);
        map.Property(r => r.InForce).IsConcurrencyToken();
        map.Ignore(r => r.Closeness);
        map.HasIndex(r => r.InForce);
    }
}
