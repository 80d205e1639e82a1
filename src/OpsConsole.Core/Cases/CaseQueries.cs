using OpsConsole.Access;
using OpsConsole.Queries;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>The words in which lists of exceptions are asked for. All of them translate to SQL.</summary>
internal static class CaseQueries
{
    /// <summary>What somebody with this scope may see, without those that an alias or a merge moved elsewhere.</summary>
    public static IQueryable<ExceptionCase> Seen(this IQueryable<ExceptionCase> cases, Scope scope)
    {
        var units = scope.Units;
        var here = cases.Where(c => c.MovedTo == null);
        return scope.AllUnits ? here : here.Where(c => units.Contains(c.Unit));
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
        return cases;
    }

    /// <summary>What the caller may see and the filter and its search let through; the refusal when the search cannot be understood.</summary>
    public static async Task<Outcome<IQueryable<ExceptionCase>>> AskedCases(this OpsDb db, CaseFilter filter, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var read = QueryParser.Read(filter.Query, CaseVocabulary.All, now);
        if (read.Fault is { } fault)
        {
            return fault.ToRefusal();
        }

        var teams = filter.Team || filter.MyQueues || Speaks(read.Node, "team") ? await Teams.Of(db, actor.Id, cancellationToken) : MyTeams.None;
        var cases = db.Cases.AsNoTracking().Seen(actor.Scope).Matching(filter, now);
        cases = filter.Team ? cases.Where(c => c.Holder != null && teams.People.Contains(c.Holder)) : cases;
        cases = filter.MyQueues && teams.Queues.Count > 0 ? cases.Where(c => c.Queue != null && teams.Queues.Contains(c.Queue)) : cases;
        return Outcome.Of(cases.Searched(read.Node, new CaseLens(db, actor.Id, teams.People, now)));
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

    private static bool Speaks(QueryNode? node, string flag) => node switch
    {
        AllOf all => all.Parts.Any(part => Speaks(part, flag)),
        AnyOf any => any.Parts.Any(part => Speaks(part, flag)),
        NotOf not => Speaks(not.Part, flag),
        QueryTerm { Field: { } field } => field.Name == flag,
        _ => false,
    };

    // The state alone would not tell the database that only what has not ended is asked for, which is a small part of all.
    private static IQueryable<ExceptionCase> In(this IQueryable<ExceptionCase> cases, IReadOnlyCollection<CaseState> states)
    {
        var unended = states.All(state => !CaseFlow.IsEnded(state)) ? cases.Unended() : cases;
        return CaseFlow.Unended.All(states.Contains) && states.Count == CaseFlow.Unended.Count ? unended : unended.Where(c => states.Contains(c.State));
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
