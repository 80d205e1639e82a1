using System.Linq.Expressions;
using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Traces;

namespace OpsConsole.Storage;

/// <summary>What stands around objects: their exceptions and the traces that speak of them. It reads tables of several rooms, so it stands with those who map them.</summary>
internal static class RelatedQueries
{
    public const int MostCases = 100;

    /// <summary>The exceptions of these objects or of this trace, open ones first, the latest first.</summary>
    public static async Task<IReadOnlyList<RelatedCase>> RelatedCases(
        this OpsDb db, IReadOnlyCollection<Guid> objects, byte[]? trace, Scope scope, CancellationToken cancellationToken)
    {
        return [.. (await db.CasesOf(objects, trace, scope).ToListAsync(cancellationToken)).Select(row => row.Related)];
    }

    /// <summary>The same, to be asked together with others.</summary>
    public static IQueryable<RelatedRead> CasesOf(this OpsDb db, IReadOnlyCollection<Guid> objects, byte[]? trace, Scope scope) =>
        Read(db.Cases.AsNoTracking().Where(c => objects.Contains(c.ObjectKey) || (trace != null && c.TraceId == trace)), scope);

    /// <summary>The traces that speak of any of these names, the latest first. Who may see the object may see what its messages did.</summary>
    public static async Task<Some<RelatedTrace>> RelatedTraces(this OpsDb db, IReadOnlyCollection<Guid> spoken, int take, CancellationToken cancellationToken)
    {
        var traces = db.Traces.AsNoTracking().Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId && spoken.Contains(k.SpokenKey)));
        var rows = await traces.OrderByDescending(t => t.StartedAt).Take(take).ToListAsync(cancellationToken);
        return new Some<RelatedTrace>(
            rows.ConvertAll(Related),
            rows.Count < take ? rows.Count : await traces.LongCountAsync(cancellationToken));
    }

    public static RelatedTrace Related(TraceSummary trace) =>
        new(Convert.ToHexStringLower(trace.TraceId), trace.Service, trace.Name, trace.StartedAt, trace.EndedAt, trace.Spans, trace.Errors);

    private static IQueryable<RelatedRead> Read(IQueryable<ExceptionCase> cases, Scope scope) => (
        from c in cases
        where c.MovedTo == null && (scope.AllUnits || scope.Units.Contains(c.Unit))
        orderby c.EndedAt != null, c.OpenedAt descending, c.Id
        select c).Take(MostCases).Select(RelatedRead.Of);
}

/// <summary>The columns of a <see cref="RelatedCase"/>.</summary>
internal sealed record RelatedRead(
    Guid Id, long Number, string ObjectType, string ObjectId, string System, string Operation, string Title, CaseState State, string? HolderName, decimal? Amount, string? Currency,
    DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt)
{
    public static readonly Expression<Func<ExceptionCase, RelatedRead>> Of = c => new RelatedRead(
        c.Id, c.Number, c.ObjectType, c.ObjectId, c.System, c.Operation, c.Title, c.State, c.HolderName, c.Amount, c.Currency, c.OpenedAt, c.DueAt, c.EndedAt);

    public RelatedCase Related => new(
        Id, $"EX-{Number}", new ObjectRef(ObjectType, ObjectId), System, Operation, Title, JsonNamingPolicy.KebabCaseLower.ConvertName(State.ToString()), HolderName,
        Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null, OpenedAt, DueAt, EndedAt);
}
