using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>What one unit of a currency is worth in the reporting currency, from a day (UTC) on until the next rate.</summary>
public sealed class ExchangeRate
{
    public required string Currency { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Reporting currency per one unit.</summary>
    public required decimal Rate { get; set; }

    /// <summary>When somebody set it, UTC: amounts at risk are converted anew when one is later than the last look.</summary>
    public required DateTimeOffset SetAt { get; set; }
}

internal sealed class ExchangeRateMapping : IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<ExchangeRate> map)
    {
        map.ToTable("rates");
        map.HasKey(r => new { r.Currency, r.Day });
        map.Property(r => r.Currency).HasMaxLength(Columns.Currency);
        map.Property(r => r.Rate).HasPrecision(19, 8);
    }
}
