using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>A number of the board as it stood at a moment, per unit, kept so that a trend can be drawn of what cannot be computed backwards.</summary>
public sealed class KpiPoint
{
    /// <summary>The KPI's code.</summary>
    public required string Kpi { get; init; }

    public required string Unit { get; init; }

    /// <summary>The hour (UTC) that it stands for.</summary>
    public required DateTimeOffset Hour { get; init; }

    public required decimal Value { get; init; }

    /// <summary>In the reporting currency, where the KPI carries money.</summary>
    public decimal? Amount { get; init; }
}

internal sealed class KpiPointMapping : IEntityTypeConfiguration<KpiPoint>
{
    public void Configure(EntityTypeBuilder<KpiPoint> map)
    {
        map.ToTable("kpi_points");
        map.HasKey(p => new { p.Kpi, p.Unit, p.Hour });
        map.Property(p => p.Kpi).HasMaxLength(Columns.Code);
        map.Property(p => p.Unit).HasMaxLength(Columns.Identity);
        map.Property(p => p.Value).HasPrecision(19, 4);
        map.Property(p => p.Amount).HasPrecision(19, 4);
    }
}
