using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>
/// Writes the rates of the configuration (<c>Rates:USD:2026-01-01 = 0.92</c>) that are not there yet, at start. What somebody set stays.
/// <c>Rates:USD:month</c> is a rate from the first day of the present month on: for a company that is simulated, and never stands in the past.
/// </summary>
internal sealed class SeedRates(IDbContextFactory<OpsDb> databases, IConfiguration configuration, TimeProvider clock) : IHostedService
{
    private const string ThisMonth = "month";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = new List<ExchangeRate>();
        foreach (var currency in configuration.GetSection("Rates").GetChildren())
        {
            foreach (var day in currency.GetChildren())
            {
                rows.Add(new ExchangeRate
                {
                    Currency = currency.Key,
                    Day = day.Key == ThisMonth ? new DateOnly(now.Year, now.Month, 1) : DateOnly.ParseExact(day.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Rate = decimal.Parse(day.Value ?? "", CultureInfo.InvariantCulture),
                    SetAt = now,
                });
            }
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.InsertMissing(db, [.. rows.DistinctBy(rate => (rate.Currency, rate.Day)).OrderBy(rate => rate.Currency, StringComparer.Ordinal).ThenBy(rate => rate.Day)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
