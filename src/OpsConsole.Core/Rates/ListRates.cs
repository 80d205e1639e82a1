using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Rates;

/// <summary>All rates, by currency, latest first.</summary>
public sealed record ListRates(Actor Actor) : IRequest<Outcome<RateList>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Reporting">The currency that everything is converted to.</param>
public sealed record RateList(string Reporting, IReadOnlyList<RateBody> Rates);

internal sealed class ListRatesHandler(OpsDb db, IOptions<ReportingOptions> reporting) : IRequestHandler<ListRates, Outcome<RateList>>
{
    public async Task<Outcome<RateList>> Handle(ListRates request, CancellationToken cancellationToken) =>
        await Read(db, reporting.Value.Currency, cancellationToken);

    internal static async Task<RateList> Read(OpsDb db, string reporting, CancellationToken cancellationToken) =>
        new(reporting, await db.Rates.AsNoTracking()
            .OrderBy(rate => rate.Currency).ThenByDescending(rate => rate.Day)
            .Select(rate => new RateBody(rate.Currency, rate.Day, rate.Rate)).ToListAsync(cancellationToken));
}
