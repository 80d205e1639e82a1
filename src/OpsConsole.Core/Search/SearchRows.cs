using OpsConsole.Events;
using OpsConsole.Queries;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What a search finds of one kind within the reader's scope.</summary>
/// <param name="Rows">Without an order.</param>
/// <param name="Unknown">Fields of the search that the kind does not know: then nothing is to be read.</param>
internal sealed record SearchRows<T>(IQueryable<T> Rows, IReadOnlyCollection<string> Unknown);

/// <summary>Spans and events of a search, for its page and for the difference analysis alike.</summary>
internal static class SearchRows
{
    /// <param name="node">What is asked; nothing: everything.</param>
    /// <param name="lens">What the search is read against.</param>
    /// <param name="range">Between which moments.</param>
    public static SearchRows<Span> Spans(QueryNode? node, SearchLens lens, SearchRange range)
    {
        var terms = new SpanTerms(lens);
        var spans = Within(lens.Db.Spans.AsNoTracking(), range);
        spans = node is null ? spans : spans.Where(terms.Of(node));
        if (!lens.Actor.Scope.Everything)
        {
            var seen = lens.Db.Traces.Seen(lens.Db, lens.Actor.Scope).Select(t => t.TraceId);
            spans = spans.Where(s => seen.Contains(s.TraceId));
        }

        return new SearchRows<Span>(spans, terms.Unknown);
    }

    /// <inheritdoc cref="Spans"/>
    public static SearchRows<SyncEvent> Events(QueryNode? node, SearchLens lens, SearchRange range)
    {
        var terms = new EventTerms(lens);
        var events = Within(lens.Db.Events.AsNoTracking(), range);
        events = node is null ? events : events.Where(terms.Of(node));
        events = lens.Actor.Scope.Everything ? events : events.Where(EventTerms.Seen(lens, lens.Actor.Scope));
        return new SearchRows<SyncEvent>(events, terms.Unknown);
    }

    // The day spares the other days' partitions; the moment is exact.
    private static IQueryable<Span> Within(IQueryable<Span> spans, SearchRange range)
    {
        if (range.From is { } from)
        {
            var (day, nanos) = (DateOnly.FromDateTime(from.UtcDateTime), SpanTerms.Nanos(from));
            spans = spans.Where(s => s.Day >= day && s.StartNanos >= nanos);
        }

        if (range.Until is { } until)
        {
            var (day, nanos) = (DateOnly.FromDateTime(until.UtcDateTime), SpanTerms.Nanos(until));
            spans = spans.Where(s => s.Day <= day && s.StartNanos < nanos);
        }

        return spans;
    }

    private static IQueryable<SyncEvent> Within(IQueryable<SyncEvent> events, SearchRange range)
    {
        events = range.From is { } from ? events.Where(e => e.Time >= from) : events;
        return range.Until is { } until ? events.Where(e => e.Time < until) : events;
    }
}
