using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Close;

/// <summary>The closes of a period: a line for each unit within the caller's scope, and one for each of its legal entities.</summary>
/// <param name="Period">A month, <c>2026-11</c>; nothing: the one that is being closed.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListCloses(string? Period, Actor Actor) : IRequest<Outcome<CloseList>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Period">Which month.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="At">When it was so (UTC).</param>
/// <param name="Items">By unit, each unit before its legal entities.</param>
public sealed record CloseList(ClosePeriod Period, string Currency, DateTimeOffset At, IReadOnlyList<CloseLine> Items);

/// <param name="Unit">Whose books.</param>
/// <param name="LegalEntity">Nothing: all of the unit's.</param>
/// <param name="Figures">What is in the way, without its parts.</param>
/// <param name="Deadline">By when the books are to be closed.</param>
/// <param name="HoursLeft">Until then; 0 once it has passed.</param>
/// <param name="Forecast">When nothing is in the way any more.</param>
/// <param name="SignedBy">Who signed it off last; nothing: nobody.</param>
/// <param name="SignedAt">When.</param>
public sealed record CloseLine(
    string Unit, string? LegalEntity, CloseFigures Figures, DateTimeOffset Deadline, double HoursLeft, CloseForecast Forecast, string? SignedBy, DateTimeOffset? SignedAt);

internal sealed class ListClosesHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListCloses, Outcome<CloseList>>
{
    public async Task<Outcome<CloseList>> Handle(ListCloses request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (ClosePeriod.Of(request.Period, now) is not { } period)
        {
            return Refusal.Invalid("period", "must be a month like 2026-11");
        }

        var calendars = await CalendarBook.Read(db, cancellationToken);
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var cases = db.Cases.AsNoTracking().Seen(request.Actor.Scope);
        var open = cases.Unended().Where(c => c.OpenedAt < period.To);
        var paces = await Paces(cases, now, cancellationToken);
        var sums = (await Sums(open.GroupBy(c => new Books { Unit = c.Unit, Entity = null, Object = c.ObjectKey }), now, cancellationToken))
            .Concat(await Sums(open.Where(c => c.LegalEntity != null).GroupBy(c => new Books { Unit = c.Unit, Entity = c.LegalEntity, Object = c.ObjectKey }), now, cancellationToken))
            .ToDictionary(sum => (sum.Unit, sum.Entity));
        var disputed = await Disputed(period, request.Actor.Scope, rates, now, cancellationToken);
        var signed = await Signed(period, request.Actor.Scope, now, cancellationToken);
        var books = sums.Keys.Concat(disputed.Keys).Concat(paces.Keys).Concat(signed.Keys).ToHashSet();
        books.UnionWith(books.Select(one => (one.Unit, (string?)null)).ToList());
        return new CloseList(
            period, reporting.Value.Currency, now,
            [.. from one in books orderby one.Unit, one.Entity is not null, one.Entity select Line(one, period, calendars, sums, disputed, paces, signed, now)]);
    }

    private static CloseLine Line(
        (string Unit, string? Entity) books, ClosePeriod period, CalendarBook calendars, Dictionary<(string, string?), BookSum> sums, Dictionary<(string, string?), (int Count, decimal Worth)> disputed,
        Dictionary<(string, string?), (int Ended, int Opened)> paces, Dictionary<(string, string?), Snapshot> signed, DateTimeOffset now)
    {
        var hours = new WorkingHours(period, calendars.Find(CalendarBook.OfUnit, books.Unit));
        var (sum, pace, sign) = (sums.GetValueOrDefault(books), paces.GetValueOrDefault(books), signed.GetValueOrDefault(books));
        var (count, worth) = disputed.GetValueOrDefault(books);
        var figures = new CloseFigures
        {
            Exceptions = sum?.Count ?? 0, AtRisk = sum?.Worth ?? 0, Overdue = sum?.Overdue ?? 0, Unconverted = sum?.Unconverted ?? 0, Disagreements = count, Disputed = worth,
        };
        return new CloseLine(
            books.Unit, books.Entity, figures, hours.Deadline, Math.Max(0, hours.Between(now, hours.Deadline).TotalHours),
            CloseForecast.Of(figures.Exceptions, pace.Ended, pace.Opened, period, hours, now), sign?.TakenByName, sign?.TakenAt);
    }

    // Each object's worth counts once within its books.
    private static Task<List<BookSum>> Sums(IQueryable<IGrouping<Books, ExceptionCase>> byObject, DateTimeOffset now, CancellationToken cancellationToken) =>
        byObject
            .Select(one => new
            {
                one.Key.Unit, one.Key.Entity, Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), Unconverted = one.Count(c => c.Amount != null && c.ReportingAmount == null),
                Worth = one.Max(c => c.ReportingAmount),
            })
            .GroupBy(one => new { one.Unit, one.Entity })
            .Select(all => new BookSum(all.Key.Unit, all.Key.Entity, all.Sum(one => one.Count), all.Sum(one => one.Overdue), all.Sum(one => one.Unconverted), all.Sum(one => one.Worth) ?? 0))
            .ToListAsync(cancellationToken);

    private static async Task<Dictionary<(string Unit, string? Entity), (int Ended, int Opened)>> Paces(IQueryable<ExceptionCase> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-CloseForecast.Days);
        var rows = await cases.Where(c => c.EndedAt >= since || c.OpenedAt >= since).GroupBy(c => new { c.Unit, c.LegalEntity })
            .Select(one => new { one.Key.Unit, one.Key.LegalEntity, Ended = one.Count(c => c.EndedAt >= since), Opened = one.Count(c => c.OpenedAt >= since) })
            .ToListAsync(cancellationToken);
        var named = rows.Where(row => row.LegalEntity is not null).Select(row => (row.Unit, Entity: row.LegalEntity, row.Ended, row.Opened));
        return rows.GroupBy(row => row.Unit).Select(unit => (Unit: unit.Key, Entity: (string?)null, Ended: unit.Sum(row => row.Ended), Opened: unit.Sum(row => row.Opened)))
            .Concat(named).ToDictionary(row => (row.Unit, row.Entity), row => (row.Ended, row.Opened));
    }

    private async Task<Dictionary<(string Unit, string? Entity), (int Count, decimal Worth)>> Disputed(
        ClosePeriod period, Scope scope, RateTable rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Objects.AsNoTracking().Seen(scope).Matching(db, new ObjectFilter(Disagrees: true) { DisagreesBefore = period.To })
            .Select(o => new { o.Unit, o.LegalEntity, o.Amount, o.Currency }).ToListAsync(cancellationToken);
        var told = rows.Select(row => (row.Unit, row.LegalEntity, Worth: rates.Convert(row.Amount, row.Currency, now).Amount ?? 0)).ToList();
        return told.Select(row => (row.Unit, Entity: (string?)null, row.Worth)).Concat(told.Where(row => row.LegalEntity is not null).Select(row => (row.Unit, Entity: row.LegalEntity, row.Worth)))
            .GroupBy(row => (row.Unit, row.Entity)).ToDictionary(books => books.Key, books => (books.Count(), books.Sum(row => row.Worth)));
    }

    private async Task<Dictionary<(string Unit, string? Entity), Snapshot>> Signed(ClosePeriod period, Scope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (all, units) = (scope.AllUnits, scope.Units);
        var rows = await db.Snapshots.AsNoTracking().Where(s => s.Kind == Snapshot.OfClose && s.Period == period.Code && s.TakenAt <= now && (all || units.Contains(s.Unit))).ToListAsync(cancellationToken);
        return rows.GroupBy(row => (row.Unit, Entity: row.LegalEntity.Length == 0 ? null : row.LegalEntity)).ToDictionary(one => one.Key, one => one.MaxBy(row => row.Number)!);
    }

    private sealed record Books
    {
        public required string Unit { get; init; }
        public required string? Entity { get; init; }
        public required Guid Object { get; init; }
    }

    private sealed record BookSum(string Unit, string? Entity, int Count, int Overdue, int Unconverted, decimal Worth);
}
