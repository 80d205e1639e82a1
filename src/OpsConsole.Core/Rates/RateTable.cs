using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>All rates, ready to convert with. A conversion takes the latest rate at or before the day; without one it says so.</summary>
public sealed class RateTable
{
    private readonly Dictionary<string, List<ExchangeRate>> _rates;
    private readonly string _reporting;

    public RateTable(IEnumerable<ExchangeRate> rates, string reporting)
    {
        _reporting = reporting;
        _rates = rates.GroupBy(rate => rate.Currency, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(rate => rate.Day).ToList(), StringComparer.Ordinal);
    }

    public static async Task<RateTable> Read(OpsDb db, string reporting, CancellationToken cancellationToken) =>
        new(await db.Rates.AsNoTracking().ToListAsync(cancellationToken), reporting);

    /// <summary>The amount in the reporting currency, rounded as that currency is written so that what is shown adds up to the sums; and the day of the rate where one was needed; nothing when no rate is known.</summary>
    public Converted Convert(decimal? amount, string? currency, DateTimeOffset at)
    {
        if (amount is null || currency is null)
        {
            return default;
        }

        if (currency == _reporting)
        {
            return new Converted(decimal.Round(amount.Value, Money.Decimals(_reporting), MidpointRounding.AwayFromZero), null);
        }

        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return _rates.GetValueOrDefault(currency)?.Find(rate => rate.Day <= day) is { } found
            ? new Converted(decimal.Round(amount.Value * found.Rate, Money.Decimals(_reporting), MidpointRounding.AwayFromZero), found.Day)
            : default;
    }
}

/// <summary>An amount in the reporting currency and the day of its rate.</summary>
public readonly record struct Converted(decimal? Amount, DateOnly? RateDate);
