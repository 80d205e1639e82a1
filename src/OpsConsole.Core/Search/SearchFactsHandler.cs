using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Queries;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Search;

internal sealed class SearchFactsHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<SearchFacts, Outcome<FactHits>>
{
    public async Task<Outcome<FactHits>> Handle(SearchFacts request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var read = QueryParser.Read(request.Query, SearchVocabulary.All, now);
        if (read.Fault is { } fault)
        {
            return fault.ToRefusal();
        }

        if (read.Node is not { } node)
        {
            return Refusal.Invalid("q", "must not be empty");
        }

        var lens = await SearchLens.Read(db, shelf, node, request.Actor, now, cancellationToken);
        var (spans, events) = SearchRange.Of(node, request.Since, request.Until, lens);
        return new FactHits(
            Asked(request, node, SearchKind.Span) is { } ofSpans ? await Spans(ofSpans, lens, spans, request, cancellationToken) : null,
            Asked(request, node, SearchKind.Event) is { } ofEvents ? await Events(ofEvents, lens, events, request, cancellationToken) : null,
            Asked(request, node, SearchKind.Transaction) is { } ofRuns ? await Transactions(ofRuns, lens, request, cancellationToken) : null,
            Asked(request, node, SearchKind.Exception) is { } ofCases ? await Exceptions(ofCases, lens, request, cancellationToken) : null);
    }

    private static KindChoice? Asked(SearchFacts request, QueryNode node, SearchKind kind) =>
        request.Kinds is { Count: > 0 } kinds && !kinds.Contains(kind) ? null
        : KindChoice.Of(node, kind) is { Node: null, Holds: false } ? null
        : KindChoice.Of(node, kind);

    private static IQueryable<T> Narrow<T>(IQueryable<T> rows, KindChoice choice, KindTerms<T> terms) =>
        choice.Node is { } node ? rows.Where(terms.Of(node)) : rows;

    private static SearchedKind<T> Told<T>(IReadOnlyList<T> items, long total, SearchRange range) => new(items, total)
    {
        AssumedSince = range.Assumed ? range.From : null,
        AssumedUntil = range.Assumed ? range.Until : null,
    };

    private static async Task<SearchedKind<SpanHit>> Spans(KindChoice choice, SearchLens lens, SearchRange range, SearchFacts request, CancellationToken cancellationToken)
    {
        var (spans, unknown) = SearchRows.Spans(choice.Node, lens, range);
        if (unknown.Count > 0)
        {
            return new SearchedKind<SpanHit>([], 0) { Unknown = unknown };
        }

        var rows = await spans.OrderByDescending(s => s.StartNanos).ThenByDescending(s => s.EndNanos).Take(Cursor.Take(request.Take))
            .Select(s => new { s.TraceId, s.SpanId, s.Service, s.Name, s.StartNanos, s.EndNanos, s.Failed, s.StatusMessage }).ToListAsync(cancellationToken);
        return Told(
            rows.ConvertAll(s => new SpanHit(
                Convert.ToHexStringLower(s.TraceId), Convert.ToHexStringLower(s.SpanId), s.Service, s.Name, DateTimeOffset.UnixEpoch.AddTicks(s.StartNanos / 100),
                Math.Round(Math.Max(0, s.EndNanos - s.StartNanos) / 1e6, 4), s.Failed, s.StatusMessage)),
            await spans.LongCountAsync(cancellationToken), range);
    }

    private async Task<SearchedKind<EventHit>> Events(KindChoice choice, SearchLens lens, SearchRange range, SearchFacts request, CancellationToken cancellationToken)
    {
        var (events, unknown) = SearchRows.Events(choice.Node, lens, range);
        if (unknown.Count > 0)
        {
            return new SearchedKind<EventHit>([], 0) { Unknown = unknown };
        }

        var rows = await events.OrderByDescending(e => e.Time).ThenBy(e => e.Id).Take(Cursor.Take(request.Take))
            .Select(e => new
            {
                e.Time, e.SpokenKey, e.EntityType, e.EntityId, e.System, e.Operation, e.Outcome, e.State, e.Amount, e.Currency, e.ErrorCode, e.ErrorMessage, e.TraceId,
            }).ToListAsync(cancellationToken);
        var objects = await ObjectNames.Resolve(db, [.. rows.Select(e => e.SpokenKey).Distinct()], cancellationToken);
        return Told(
            rows.ConvertAll(e => new EventHit
            {
                Time = e.Time,
                About = objects.TryGetValue(e.SpokenKey, out var known) ? new ObjectRef(known.Type, known.Id) : new ObjectRef(e.EntityType, e.EntityId),
                System = e.System,
                Operation = e.Operation,
                Outcome = e.Outcome,
                State = e.State,
                Amount = e is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null,
                ErrorCode = e.ErrorCode,
                ErrorMessage = e.ErrorMessage,
                TraceId = e.TraceId is null ? null : Convert.ToHexStringLower(e.TraceId),
            }),
            await events.LongCountAsync(cancellationToken), range);
    }

    private async Task<SearchedKind<TransactionHit>> Transactions(KindChoice choice, SearchLens lens, SearchFacts request, CancellationToken cancellationToken)
    {
        var terms = new TransactionTerms(lens);
        var asked = new TransactionFilter { Since = request.Since, Until = request.Until };
        var runs = Narrow(db.Transactions.AsNoTracking().Seen(request.Actor.Scope).Matching(db, asked, lens.Now), choice, terms);
        if (terms.Unknown.Count > 0)
        {
            return new SearchedKind<TransactionHit>([], 0) { Unknown = terms.Unknown };
        }

        var rows = await runs.OrderByDescending(t => t.StartOrder).ThenBy(t => t.Key).Take(Cursor.Take(request.Take)).ToListAsync(cancellationToken);
        return new SearchedKind<TransactionHit>(
            rows.ConvertAll(t => new TransactionHit(t.Flow, new ObjectRef(t.LeadType, t.LeadId), t.Label, t.Unit, t.Money(), Status(t, lens.Now), t.StartedAt)),
            await runs.LongCountAsync(cancellationToken));
    }

    private async Task<SearchedKind<RelatedCase>> Exceptions(KindChoice choice, SearchLens lens, SearchFacts request, CancellationToken cancellationToken)
    {
        var tree = new CaseTree();
        var node = choice.Node is { } left ? tree.Of(left) : null;
        if (tree.Unknown.Count > 0)
        {
            return new SearchedKind<RelatedCase>([], 0) { Unknown = tree.Unknown };
        }

        var asked = new CaseFilter { OpenedSince = request.Since, OpenedUntil = request.Until };
        var cases = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Matching(asked, lens.Now).Searched(node, new CaseLens(db, request.Actor.Id, lens.Team, lens.Now));
        var rows = await cases.OrderBy(c => c.EndedAt != null).ThenByDescending(c => c.OpenedAt).ThenBy(c => c.Id).Take(Cursor.Take(request.Take)).Select(RelatedRead.Of).ToListAsync(cancellationToken);
        return new SearchedKind<RelatedCase>(rows.ConvertAll(row => row.Related), await cases.LongCountAsync(cancellationToken));
    }

    private static TransactionStatus Status(Transaction found, DateTimeOffset now) =>
        found.NextDueAt <= now ? TransactionStatus.Missing : found.Late ? TransactionStatus.Late : found.CompletedAt is not null ? TransactionStatus.Done : TransactionStatus.Running;
}
