using System.Globalization;
using System.Text.Json;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>
/// One box for all: a business key or another system's name for it, an exception's number, a trace id, the beginning of an id or label.
/// Everything within the caller's scope.
/// </summary>
public sealed record SearchEverything(string Query, Actor Actor) : IRequest<Outcome<SearchHits>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>What was found, by kind; each kind with its true number and its first rows.</summary>
/// <param name="Query">As it was understood.</param>
/// <param name="Objects">By the beginning of id or label, or by another name to the letter; exact ones first.</param>
/// <param name="Transactions">Led by such an object, or holding one with exactly this id.</param>
/// <param name="Exceptions">By number, or of such an object.</param>
/// <param name="Traces">By id, or speaking of such an object.</param>
/// <param name="Exact">The one thing that is meant to the letter, when there is exactly one.</param>
public sealed record SearchHits(
    string Query, Some<ObjectLine> Objects, Some<TransactionLine> Transactions, Some<RelatedCase> Exceptions, Some<TraceLine> Traces, ExactHit? Exact)
{
    public long Total => Objects.Total + Transactions.Total + Exceptions.Total + Traces.Total;
}

/// <summary>The one thing meant. <paramref name="Kind"/>: object, exception or trace.</summary>
public sealed record ExactHit(string Kind, string Type, string Id);

internal sealed class SearchEverythingHandler(OpsDb db, IMediator mediator) : IRequestHandler<SearchEverything, Outcome<SearchHits>>
{
    private const int Rows = 8;

    public async Task<Outcome<SearchHits>> Handle(SearchEverything request, CancellationToken cancellationToken)
    {
        var query = request.Query.Trim();
        if (query.Length == 0)
        {
            return Refusal.Invalid("q", "must not be empty");
        }

        var objects = await mediator.Send(new FindObjects(new ObjectFilter(Query: query), request.Actor, Take: Rows), cancellationToken);
        var transactions = await mediator.Send(new ListTransactions(new TransactionFilter { Query = query }, request.Actor, Take: Rows), cancellationToken);
        var traces = await mediator.Send(new FindTraces(new TraceFilter(query), request.Actor, Take: Rows), cancellationToken);
        var exceptions = await Exceptions(query, request.Actor.Scope, cancellationToken);
        if (objects.Value is not { } found || transactions.Value is not { } runs || traces.Value is not { } spoken)
        {
            return objects.Refusal ?? transactions.Refusal ?? traces.Refusal!;
        }

        var exact = await Exact(query, exceptions.Items, request.Actor.Scope, cancellationToken);
        return new SearchHits(
            query,
            new Some<ObjectLine>([.. found.Items.OrderByDescending(line => line.Id == query)], found.Total),
            new Some<TransactionLine>(runs.Items, runs.Total),
            exceptions,
            new Some<TraceLine>(spoken.Items, spoken.Total),
            exact ?? (TraceIds.Parse(query) is not null && spoken.Items is [var one] ? new ExactHit("trace", "trace", one.TraceId) : null));
    }

    private async Task<ExactHit?> Exact(string query, IReadOnlyList<RelatedCase> exceptions, Scope scope, CancellationToken cancellationToken)
    {
        if (Number(query) is not null && exceptions is [var numbered])
        {
            return new ExactHit("exception", "exception", numbered.Id.ToString());
        }

        var upper = query.ToUpperInvariant();
        var named = await db.Objects.AsNoTracking().Seen(scope)
            .Where(o => o.Id == query || o.Id == upper || db.SaidNames.Any(n => n.Id == query && n.TargetSpokenKey == o.Key))
            .OrderBy(o => o.Key).Select(o => new { o.Type, o.Id }).Take(2).ToListAsync(cancellationToken);
        return named is [var only] ? new ExactHit("object", only.Type, only.Id) : null;
    }

    private async Task<Some<RelatedCase>> Exceptions(string query, Scope scope, CancellationToken cancellationToken)
    {
        var number = Number(query);
        var upper = query.ToUpperInvariant();
        var label = Cursor.Beginning(query.ToLowerInvariant());
        var found = db.Cases.AsNoTracking().Where(c => c.MovedTo == null && (scope.AllUnits || scope.Units.Contains(c.Unit)));
        found = number is not null
            ? found.Where(c => c.Number == number)
            : found.Where(c => c.ObjectId.StartsWith(query) || c.ObjectId.StartsWith(upper)
                || (c.ObjectLabel != null && EF.Functions.Like(c.ObjectLabel.ToLower(), label, "\\"))
                || db.SaidNames.Any(n => n.Id == query && n.TargetSpokenKey == c.ObjectKey));
        var rows = await found.OrderBy(c => c.EndedAt != null).ThenByDescending(c => c.OpenedAt).Take(Rows)
            .Select(c => new
            {
                c.Id, c.Number, c.ObjectType, c.ObjectId, c.System, c.Operation, c.Title, c.State, c.HolderName, c.Amount, c.Currency, c.OpenedAt, c.DueAt, c.EndedAt,
            })
            .ToListAsync(cancellationToken);
        return new Some<RelatedCase>(
            [.. rows.Select(c => new RelatedCase(
                c.Id, $"EX-{c.Number}", new ObjectRef(c.ObjectType, c.ObjectId), c.System, c.Operation, c.Title, JsonNamingPolicy.KebabCaseLower.ConvertName(c.State.ToString()), c.HolderName,
                c is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null, c.OpenedAt, c.DueAt, c.EndedAt))],
            await found.LongCountAsync(cancellationToken));
    }

    /// <summary><c>EX-20418</c>, in any case.</summary>
    private static long? Number(string query) =>
        query.StartsWith("EX-", StringComparison.OrdinalIgnoreCase) && long.TryParse(query.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
