using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Events;

/// <summary>What stands around objects: their exceptions and the traces that speak of them. Read from tables, so that this room needs no later one.</summary>
internal static class RelatedQueries
{
    private const int MostCases = 100;

    /// <summary>The exceptions of these objects or of this trace, open ones first, the latest first.</summary>
    public static async Task<IReadOnlyList<RelatedCase>> RelatedCases(
        this OpsDb db, IReadOnlyCollection<Guid> objects, byte[]? trace, Scope scope, CancellationToken cancellationToken)
    {
        var cases = await (
            from c in db.Cases.AsNoTracking()
            where objects.Contains(c.ObjectKey) || (trace != null && c.TraceId == trace)
            where c.MovedTo == null && (scope.Everything || scope.Units.Contains(c.Unit))
            orderby c.EndedAt != null, c.OpenedAt descending, c.Id
            select new
            {
                c.Id, c.Number, c.ObjectType, c.ObjectId, c.System, c.Operation, c.Title, c.State, c.HolderName, c.Amount, c.Currency, c.OpenedAt, c.DueAt, c.EndedAt,
            }).Take(MostCases).ToListAsync(cancellationToken);
        return
        [
            .. cases.Select(c => new RelatedCase(
                c.Id, $"EX-{c.Number}", new ObjectRef(c.ObjectType, c.ObjectId), c.System, c.Operation, c.Title, JsonNamingPolicy.KebabCaseLower.ConvertName(c.State.ToString()), c.HolderName,
                c is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null, c.OpenedAt, c.DueAt, c.EndedAt)),
        ];
    }

    /// <summary>The traces that speak of any of these names, the latest first. Who may see the object may see what its messages did.</summary>
    public static async Task<Some<RelatedTrace>> RelatedTraces(this OpsDb db, IReadOnlyCollection<Guid> spoken, int take, CancellationToken cancellationToken)
    {
        var traces = db.Traces.AsNoTracking().Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId && spoken.Contains(k.SpokenKey)));
        var rows = await traces.OrderByDescending(t => t.StartedAt).Take(take).ToListAsync(cancellationToken);
        return new Some<RelatedTrace>(
            [.. rows.Select(t => new RelatedTrace(Convert.ToHexStringLower(t.TraceId), t.Service, t.Name, t.StartedAt, t.EndedAt, t.Spans, t.Errors))],
            rows.Count < take ? rows.Count : await traces.LongCountAsync(cancellationToken));
    }
}
