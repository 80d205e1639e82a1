using OpsConsole.Cases;
using OpsConsole.Cases.Types;
using OpsConsole.Events;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Close;

/// <summary>Reads what is in the way of a close. Numbers are sums over the very lists that they lead to.</summary>
internal static class CloseReading
{
    public static async Task<Outcome<CloseFigures>> Of(
        OpsDb db, ClosePeriod period, string unit, string? legalEntity, Actor actor, RateTable rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await db.AskedCases(CloseFilters.Cases(period, unit, legalEntity), actor, now, cancellationToken);
        if (asked.Value is not { } cases)
        {
            return asked.Refusal!;
        }

        var sums = await cases.Sums(now, cancellationToken);
        var types = await ByType(cases, cancellationToken);
        var objects = await Disagreeing(db, CloseFilters.Objects(period, unit, legalEntity), actor.Scope, rates, now, cancellationToken);
        return new CloseFigures
        {
            Exceptions = sums.Count,
            AtRisk = sums.AtRisk,
            Overdue = sums.Overdue,
            Unconverted = sums.Unconverted,
            Disagreements = objects.Sum(block => block.Count),
            Disputed = objects.Sum(block => block.Amount),
            Blocks = [.. types.Concat(objects).OrderByDescending(block => block.Amount).ThenByDescending(block => block.Count).ThenBy(block => block.Code, StringComparer.Ordinal)],
        };
    }

    private static async Task<IReadOnlyList<CloseBlock>> ByType(IQueryable<ExceptionCase> cases, CancellationToken cancellationToken) =>
        [.. (await cases.GroupBy(c => new { c.ExceptionType, c.ObjectKey })
            .Select(one => new { one.Key.ExceptionType, Count = one.Count(), Unconverted = one.Count(c => c.Amount != null && c.ReportingAmount == null), Worth = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.ExceptionType)
            .Select(type => new { type.Key, Count = type.Sum(one => one.Count), Unconverted = type.Sum(one => one.Unconverted), Worth = type.Sum(one => one.Worth) ?? 0 })
            .ToListAsync(cancellationToken))
            .Select(type => new CloseBlock(CloseBlockKind.Exception, type.Key, ExceptionCatalog.Label(type.Key), type.Count, type.Worth, type.Unconverted))];

    private static async Task<IReadOnlyList<CloseBlock>> Disagreeing(OpsDb db, ObjectFilter filter, Scope scope, RateTable rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Objects.AsNoTracking().Seen(scope).Matching(db, filter).Select(o => new { o.Type, o.Amount, o.Currency }).ToListAsync(cancellationToken);
        return
        [
            .. from row in rows
               let worth = rates.Convert(row.Amount, row.Currency, now).Amount
               group (row, worth) by row.Type into type
               select new CloseBlock(
                   CloseBlockKind.Disagreement, type.Key, $"Systems disagree: {type.Key.Replace('-', ' ')}", type.Count(), type.Sum(one => one.worth ?? 0), type.Count(one => one.row.Amount is not null && one.worth is null)),
        ];
    }
}
