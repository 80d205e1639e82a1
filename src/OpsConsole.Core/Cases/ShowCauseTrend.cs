using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>How many exceptions of a cause came, hour by hour while it is younger than two days, else day by day.</summary>
/// <param name="Fingerprint">The cause.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowCauseTrend(string Fingerprint, Actor Actor) : IRequest<Outcome<CauseTrend>>, IGuarded
{
    /// <summary>A cause that was first seen longer ago is told by days.</summary>
    public const int MostHours = 48;

    public Right Needs => Right.ReadCases;
}

/// <param name="Hourly">Each value is an hour; else a day (UTC).</param>
/// <param name="From">When the first value begins, UTC.</param>
/// <param name="New">Oldest first; the last is the present hour or day and not over yet.</param>
public sealed record CauseTrend(bool Hourly, DateTimeOffset From, IReadOnlyList<int> New);

internal sealed class ShowCauseTrendHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ShowCauseTrend, Outcome<CauseTrend>>
{
    // A cause of ten minutes stands against what was not there before it.
    private const int FewestHours = 12;

    public async Task<Outcome<CauseTrend>> Handle(ShowCauseTrend request, CancellationToken cancellationToken)
    {
        var cases = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => c.Fingerprint == request.Fingerprint);
        if (await cases.MinAsync(c => (DateTimeOffset?)c.OpenedAt, cancellationToken) is not { } first)
        {
            return Refusal.NotFound("This cause");
        }

        var now = clock.GetUtcNow();
        if (now - first >= TimeSpan.FromHours(ShowCauseTrend.MostHours))
        {
            var days = await Causes.Trends(cases, [request.Fingerprint], now, cancellationToken);
            return new CauseTrend(false, new DateTimeOffset(now.UtcDateTime.Date.AddDays(1 - ListCauses.TrendDays), TimeSpan.Zero), days(request.Fingerprint));
        }

        var hours = Math.Clamp((int)(now - first).TotalHours + 2, FewestHours, ShowCauseTrend.MostHours);
        var from = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.Hour + 1 - hours), TimeSpan.Zero);
        var counts = await cases.Where(c => c.OpenedAt >= from)
            .GroupBy(c => new { Day = c.OpenedAt.Date, c.OpenedAt.Hour }).Select(hour => new { hour.Key.Day, hour.Key.Hour, Count = hour.Count() }).ToListAsync(cancellationToken);
        var values = new int[hours];
        foreach (var hour in counts)
        {
            values[Math.Clamp((int)(hour.Day.AddHours(hour.Hour) - from.UtcDateTime).TotalHours, 0, hours - 1)] += hour.Count;
        }

        return new CauseTrend(true, from, values);
    }
}
