using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>How many rows of a class went on one day (UTC) because their time was over. For events the conservation law needs it: stored = there + gone.</summary>
public sealed class RetentionCount
{
    /// <summary><see cref="RetentionClass.Code"/>.</summary>
    public required string Class { get; init; }

    public required DateOnly Day { get; init; }

    public long Deleted { get; set; }

    /// <summary>The day is over and the audit has its entry.</summary>
    public bool Told { get; set; }
}

internal sealed class RetentionCountMapping : IEntityTypeConfiguration<RetentionCount>
{
    public void Configure(EntityTypeBuilder<RetentionCount> map)
    {
        map.ToTable("retention_counts");
        map.HasKey(c => new { c.Class, c.Day });
        map.Property(c => c.Class).HasMaxLength(Columns.Code);
    }
}
