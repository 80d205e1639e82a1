using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>Sets dated exchange rates. Amounts at risk that have not ended are converted anew.</summary>
public sealed record SetRates(IReadOnlyList<RateBody> Rates, Actor Actor) : IRequest<Outcome<RateList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Currency">ISO 4217.</param>
/// <param name="Date">From this day (UTC) on.</param>
/// <param name="Rate">Reporting currency per one unit.</param>
public sealed record RateBody(string Currency, DateOnly Date, decimal Rate);

internal sealed class SetRatesHandler(OpsDb db, TimeProvider clock, WorkSignals bells, IOptions<ReportingOptions> reporting)
    : IRequestHandler<SetRates, Outcome<RateList>>
{
    private const int Most = 10_000;

    public async Task<Outcome<RateList>> Handle(SetRates request, CancellationToken cancellationToken)
    {
        if (Wrong(request.Rates) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var rows = request.Rates
            .GroupBy(rate => (rate.Currency, rate.Date))
            .Select(group => new ExchangeRate { Currency = group.Key.Currency, Day = group.Key.Date, Rate = group.Last().Rate, SetAt = now })
            .OrderBy(rate => rate.Currency, StringComparer.Ordinal).ThenBy(rate => rate.Day)
            .ToList();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.Upsert(db, rows, cancellationToken);
        var detail = string.Join(", ", rows.Take(5).Select(rate => string.Create(CultureInfo.InvariantCulture, $"{rate.Currency} {rate.Rate} from {rate.Day:yyyy-MM-dd}")));
        db.Audit.Add(AuditEntry.Of(request.Actor, "rates.set", $"{rows.Count} rates", detail, now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        bells.Signals.Ring();
        bells.Changes.Ring();
        return await ListRatesHandler.Read(db, reporting.Value.Currency, cancellationToken);
    }

    private Refusal? Wrong(IReadOnlyList<RateBody> rates)
    {
        if (rates.Count is 0 or > Most)
        {
            return Refusal.Invalid("rates", $"must have 1 to {Most} entries");
        }

        for (var i = 0; i < rates.Count; i++)
        {
            var (currency, _, rate) = rates[i];
            if (!Money.IsCurrency(currency))
            {
                return Refusal.Invalid($"rates[{i}].currency", "must be an ISO 4217 code");
            }

            if (currency == reporting.Value.Currency && rate != 1)
            {
                return Refusal.Invalid($"rates[{i}].rate", $"must be 1 for the reporting currency {currency}");
            }

            if (rate is <= 0 or > 1_000_000_000)
            {
                return Refusal.Invalid($"rates[{i}].rate", "must be above zero");
            }
        }

        return null;
    }
}
