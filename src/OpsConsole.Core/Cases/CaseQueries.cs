using System.Globalization;

namespace OpsConsole.Cases;

/// <summary>The words in which lists of exceptions are asked for. All of them translate to SQL.</summary>
internal static class CaseQueries
{
    /// <summary>What somebody with this scope may see, without those that an alias or a merge moved elsewhere.</summary>
    public static IQueryable<ExceptionCase> Seen(this IQueryable<ExceptionCase> cases, Scope scope)
    {
        var units = scope.Units;
        var here = cases.Where(c => c.MovedTo == null);
        return scope.Everything ? here : here.Where(c => units.Contains(c.Unit));
    }

    public static IQueryable<ExceptionCase> Unended(this IQueryable<ExceptionCase> cases) =>
        cases.Where(c => c.EndedAt == null);

    public static IQueryable<ExceptionCase> Matching(this IQueryable<ExceptionCase> cases, CaseFilter filter, DateTimeOffset now)
    {
        cases = filter.States is { } states ? cases.In(states) : cases;
        cases = filter.Queue is { } queue ? cases.Where(c => c.Queue == queue) : cases;
        cases = filter.Unit is { } unit ? cases.Where(c => c.Unit == unit) : cases;
        cases = filter.Type is { } type ? cases.Where(c => c.ExceptionType == type) : cases;
        cases = filter.Holder is { } holder ? cases.Where(c => c.Holder == holder) : cases;
        cases = filter.Unheld ? cases.Where(c => c.Holder == null) : cases;
        cases = filter.Fingerprint is { } fingerprint ? cases.Where(c => c.Fingerprint == fingerprint) : cases;
        cases = filter.ObjectKey is { } key ? cases.Where(c => c.ObjectKey == key) : cases;
        cases = filter.EntityType is { } entity ? cases.Where(c => c.ObjectType == entity) : cases;
        cases = filter.Operation is { } operation ? cases.Where(c => c.Operation == operation) : cases;
        cases = filter.OpenedSince is { } since ? cases.Where(c => c.OpenedAt >= since) : cases;
        cases = filter.OpenedUntil is { } until ? cases.Where(c => c.OpenedAt < until) : cases;
        cases = filter.Overdue ? cases.Unended().Where(c => c.DueOrder < now) : cases;
        cases = filter.AtLeast is { } least ? cases.Where(c => c.ReportingAmount >= least) : cases;
        return filter.Query is { Length: > 0 } query ? cases.Naming(query.Trim()) : cases;
    }

    /// <summary>Count and sums in one look: each object's worth counted once, with the greatest of its exceptions' amounts.</summary>
    public static async Task<CaseSums> Sums(this IQueryable<ExceptionCase> cases, DateTimeOffset now, CancellationToken cancellationToken) =>
        await cases.Summed(now).SingleOrDefaultAsync(cancellationToken) ?? CaseSums.None;

    /// <summary>The same, to be asked together with others. No row where there is no exception.</summary>
    public static IQueryable<CaseSums> Summed(this IQueryable<ExceptionCase> cases, DateTimeOffset now) =>
        cases
            .GroupBy(c => c.ObjectKey)
            .Select(one => new
            {
                Count = one.Count(), Overdue = one.Count(c => c.DueOrder < now), Unconverted = one.Count(c => c.Amount != null && c.ReportingAmount == null), Worth = one.Max(c => c.ReportingAmount),
            })
            .GroupBy(_ => 1)
            .Select(all => new CaseSums(all.Sum(one => one.Count), all.Sum(one => one.Overdue), all.Sum(one => one.Unconverted), all.Sum(one => one.Worth) ?? 0));

    // The state alone would not tell the database that only what has not ended is asked for, which is a small part of all.
    private static IQueryable<ExceptionCase> In(this IQueryable<ExceptionCase> cases, IReadOnlyCollection<CaseState> states)
    {
        var unended = states.All(state => !CaseFlow.IsEnded(state)) ? cases.Unended() : cases;
        return CaseFlow.Unended.All(states.Contains) && states.Count == CaseFlow.Unended.Count ? unended : unended.Where(c => states.Contains(c.State));
    }

    private static IQueryable<ExceptionCase> Naming(this IQueryable<ExceptionCase> cases, string query)
    {
        var digits = query.StartsWith("EX-", StringComparison.OrdinalIgnoreCase) ? query[3..] : query;
        // Two letters have no trigram: so short a text is only looked for where a name begins, which the index serves too.
        var label = query.Length < 3 ? Cursor.Beginning(query.ToLowerInvariant()) : "%" + Cursor.Beginning(query.ToLowerInvariant());
        var number = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        var upper = query.ToUpperInvariant();
#pragma warning disable CA1862 // It is the database that compares, and it knows no StringComparison.
        return cases.Where(c => c.Number == number || c.ObjectId.StartsWith(query) || c.ObjectId.StartsWith(upper) || (c.ObjectLabel != null && EF.Functions.Like(c.ObjectLabel.ToLower(), label, "\\")));
#pragma warning restore CA1862
    }
}

/// <param name="Count">How many exceptions.</param>
/// <param name="Overdue">How many of them are past their due time.</param>
/// <param name="Unconverted">How many have an amount but no known rate.</param>
/// <param name="AtRisk">Sum in the reporting currency, each object counted once.</param>
internal sealed record CaseSums(int Count, int Overdue, int Unconverted, decimal AtRisk)
{
    public static readonly CaseSums None = new(0, 0, 0, 0);
}
