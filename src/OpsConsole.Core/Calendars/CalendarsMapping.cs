using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Calendars;

internal sealed class CalendarMapping : IEntityTypeConfiguration<Calendar>
{
    public void Configure(EntityTypeBuilder<Calendar> map)
    {
        map.ToTable("calendars");
        map.HasKey(c => c.Name);
        map.Property(c => c.Name).HasMaxLength(Columns.Code);
        map.Property(c => c.UpdatedBy).HasMaxLength(Columns.Identity);
        map.Property(c => c.Note).HasMaxLength(Columns.Sentence);
        map.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class CalendarVersionMapping : IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<CalendarVersion> map)
    {
        map.ToTable("calendar_versions");
        map.HasKey(c => new { c.Name, c.Version });
        map.Property(c => c.Name).HasMaxLength(Columns.Code);
        map.Property(c => c.Version).ValueGeneratedNever();
        map.Property(c => c.By).HasMaxLength(Columns.Identity);
        map.Property(c => c.Note).HasMaxLength(Columns.Sentence);
    }
}
