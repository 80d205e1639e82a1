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
        cases.Where(c => c.State != CaseState.Resolved && c.State != CaseState.Dismissed);

    public static IQueryable<ExceptionCase> Matching(this IQueryable<ExceptionCase> cases, CaseFilter filter, DateTimeOffset now)
    {
        cases = filter.States is { } states ? cases.Where(c => states.Contains(c.State)) : cases;
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
        cases = filter.Overdue ? cases.Unended().Where(c => c.DueAt < now) : cases;
        cases = filter.AtLeast is { } least ? cases.Where(c => c.ReportingAmount >= least) : cases;
        return filter.Query is { Length: > 0 } query ? cases.Naming(query.Trim()) : cases;
    }

    /// <summary>Each object counted once, with the greatest of its exceptions' amounts.</summary>
    public static async Task<decimal> AtRisk(this IQueryable<ExceptionCase> cases, CancellationToken cancellationToken) =>
        await cases.GroupBy(c => c.ObjectKey).Select(one => one.Max(c => c.ReportingAmount)).SumAsync(cancellationToken) ?? 0;

    private static IQueryable<ExceptionCase> Naming(this IQueryable<ExceptionCase> cases, string query)
    {
        var digits = query.StartsWith("EX-", StringComparison.OrdinalIgnoreCase) ? query[3..] : query;
        var number = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        var upper = query.ToUpperInvariant();
        var lower = query.ToLowerInvariant();
#pragma warning disable CA1862 // It is the database that compares, and it knows no StringComparison.
        return cases.Where(c => c.Number == number || c.ObjectId.StartsWith(query) || c.ObjectId.StartsWith(upper) || c.ObjectLabel!.ToLower().Contains(lower));
#pragma warning restore CA1862
    }
}
