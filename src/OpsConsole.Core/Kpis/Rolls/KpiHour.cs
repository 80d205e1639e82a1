using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Rolls;

/// <summary>What the rows of one hour add to a number, for each unit, legal entity, region and currency: a sum and two counts, so that a year is read without its rows.</summary>
public sealed class KpiHour
{
    /// <summary>Of all that it is for: names may be longer together than an index takes.</summary>
    public Guid Id { get; private init; }

    /// <summary>The KPI's code.</summary>
    public required string Kpi { get; init; }

    /// <summary>The hour (UTC) in which the rows stand.</summary>
    public required DateTimeOffset Hour { get; init; }

    public required string Unit { get; init; }

    /// <summary>Empty where the rows name none.</summary>
    public required string LegalEntity { get; init; }

    /// <summary>Empty where the rows name none.</summary>
    public required string Region { get; init; }

    /// <summary>Empty where the rows name none.</summary>
    public required string Currency { get; init; }

    /// <summary>How many rows.</summary>
    public int Rows { get; init; }

    /// <summary>How many of them count.</summary>
    public int Counted { get; init; }

    /// <summary>What these add up to.</summary>
    public decimal Sum { get; init; }

    /// <summary>With its key.</summary>
    public static KpiHour Of(string kpi, DateTimeOffset hour, string unit, string? legalEntity, string? region, string? currency, int rows, int counted, decimal sum) => new()
    {
        Id = Ids.Key(["kpi-hour", kpi, hour.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), unit, legalEntity ?? "", region ?? "", currency ?? ""]),
        Kpi = kpi, Hour = hour, Unit = unit, LegalEntity = legalEntity ?? "", Region = region ?? "", Currency = currency ?? "", Rows = rows, Counted = counted, Sum = sum,
    };
}

/// <summary>How far a number is rolled up.</summary>
public sealed class KpiRoll
{
    /// <summary>The KPI's code.</summary>
    public required string Kpi { get; init; }

    /// <summary>By which version of the definition: another one begins anew.</summary>
    public required int Version { get; init; }

    /// <summary>From this hour on (UTC) every hour is told.</summary>
    public required DateTimeOffset From { get; set; }

    /// <summary>Before this hour (UTC).</summary>
    public required DateTimeOffset Until { get; set; }
}

/// <summary>An hour whose rows changed since it was rolled up: written by the database with the change itself, whoever made it. Until it is computed anew, its rows are read.</summary>
public sealed class KpiTouch
{
    public long Id { get; init; }

    /// <summary>A <see cref="KpiSource"/>.</summary>
    public KpiSource Source { get; init; }

    public DateTimeOffset Hour { get; init; }
}

/// <summary>Whose changes touch a number's hours.</summary>
public enum KpiSource
{
    /// <summary>None: it is always read from its rows.</summary>
    None,

    /// <summary>Exceptions, by the hours in which they opened, ended and were due.</summary>
    Cases,

    /// <summary>Invoices and payments, by the hour in which they were first heard of.</summary>
    Objects,

    /// <summary>Replays, by the hour in which they ended.</summary>
    Replays,
}

internal sealed class KpiHourMapping : IEntityTypeConfiguration<KpiHour>
{
    public void Configure(EntityTypeBuilder<KpiHour> map)
    {
        map.ToTable("kpi_hours");
        map.HasKey(h => h.Id);
        map.Property(h => h.Id).ValueGeneratedNever();
        map.HasIndex(h => new { h.Kpi, h.Hour });
        map.Property(h => h.Kpi).HasMaxLength(Columns.Code);
        map.Property(h => h.Unit).HasMaxLength(Columns.Identity);
        map.Property(h => h.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(h => h.Region).HasMaxLength(Columns.Identity);
        map.Property(h => h.Currency).HasMaxLength(Columns.Currency);
        map.Property(h => h.Sum).HasPrecision(28, 7);
    }
}

internal sealed class KpiRollMapping : IEntityTypeConfiguration<KpiRoll>
{
    public void Configure(EntityTypeBuilder<KpiRoll> map)
    {
        map.ToTable("kpi_rolls");
        map.HasKey(r => r.Kpi);
        map.Property(r => r.Kpi).HasMaxLength(Columns.Code);
    }
}

internal sealed class KpiTouchMapping : IEntityTypeConfiguration<KpiTouch>
{
    public void Configure(EntityTypeBuilder<KpiTouch> map)
    {
        map.ToTable("kpi_touches");
        map.HasKey(t => t.Id);
        map.Property(t => t.Id).ValueGeneratedOnAdd();
    }
}
