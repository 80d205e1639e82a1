using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

public enum AnnotationKind : short
{
    /// <summary>A new version of a system, a contract, a mapping.</summary>
    Release = 0,

    /// <summary>A system was down or slow.</summary>
    Outage = 1,

    /// <summary>Anything else that explains a chart: a holiday, a campaign, a migration.</summary>
    Other = 2,
}

/// <summary>What happened at a moment or in a stretch that charts should remind of.</summary>
public sealed class Annotation
{
    /// <summary>The longest <see cref="Text"/>.</summary>
    public const int LongestText = 200;

    public required Guid Id { get; init; }

    public required AnnotationKind Kind { get; set; }

    /// <summary>As it stands on the chart: <c>NetSuite 2026.2</c>.</summary>
    public required string Text { get; set; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset From { get; set; }

    /// <summary>When it ended, UTC; nothing: it was a moment, or lasts.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The unit that it concerns; nothing: all.</summary>
    public string? Unit { get; set; }

    /// <summary>Who set it last.</summary>
    public required string SetBy { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

internal sealed class AnnotationMapping : IEntityTypeConfiguration<Annotation>
{
    public void Configure(EntityTypeBuilder<Annotation> map)
    {
        map.ToTable("annotations");
        map.HasKey(a => a.Id);
        map.Property(a => a.Id).ValueGeneratedNever();
        map.Property(a => a.Text).HasMaxLength(Annotation.LongestText);
        map.Property(a => a.Unit).HasMaxLength(Columns.Identity);
        map.Property(a => a.SetBy).HasMaxLength(Columns.Identity);
        map.HasIndex(a => a.From);
    }
}
