using OpsConsole.Events;
using OpsConsole.Flows;

namespace OpsConsole.Search;

/// <summary>
/// Looks through spans, events, transactions and exceptions within the caller's scope, in the words of <see cref="SearchVocabulary"/>. Spans and
/// events are looked for within a time: the asked one, or all where a business key bounds the search, or else the last day.
/// </summary>
/// <param name="Query">A search; what cannot be understood is refused with its place.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
/// <param name="Kinds">Only these; nothing: all.</param>
/// <param name="Take">Rows of each kind, at most <see cref="Cursor.MostRows"/>; totals are exact whatever it is.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SearchFacts(string Query, DateTimeOffset? Since, DateTimeOffset? Until, IReadOnlyCollection<SearchKind>? Kinds, int Take, Actor Actor) : IRequest<Outcome<FactHits>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>What was found of each kind, the latest first; nothing for a kind that was not asked for.</summary>
public sealed record FactHits(
    SearchedKind<SpanHit>? Spans, SearchedKind<EventHit>? Events, SearchedKind<TransactionHit>? Transactions, SearchedKind<RelatedCase>? Exceptions)
{
    public long Total => (Spans?.Total ?? 0) + (Events?.Total ?? 0) + (Transactions?.Total ?? 0) + (Exceptions?.Total ?? 0);
}

/// <summary>What was found of one kind.</summary>
/// <param name="Items">The latest.</param>
/// <param name="Total">How many there are, counted.</param>
public sealed record SearchedKind<T>(IReadOnlyList<T> Items, long Total)
{
    /// <summary>The time that was assumed because none was asked for: from here.</summary>
    public DateTimeOffset? AssumedSince { get; init; }

    /// <summary>As above: before here; nothing: until now.</summary>
    public DateTimeOffset? AssumedUntil { get; init; }

    /// <summary>Fields of the search that this kind does not know, so that it was left out.</summary>
    public IReadOnlyCollection<string> Unknown { get; init; } = [];
}

/// <summary>A span that was found.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="Service">That made it.</param>
/// <param name="Name">What it did.</param>
/// <param name="StartedAt">UTC, by the sender's clock.</param>
/// <param name="DurationMs">In milliseconds.</param>
/// <param name="Failed">Status error, <c>error.type</c> or an exception event.</param>
/// <param name="Message">The status' message.</param>
public sealed record SpanHit(string TraceId, string SpanId, string Service, string Name, DateTimeOffset StartedAt, double DurationMs, bool Failed, string? Message);

/// <summary>An event that was found. The object is named as people know it, whatever name the event used.</summary>
public sealed record EventHit
{
    /// <summary>When it happened at the source.</summary>
    public required DateTimeOffset Time { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("object")]
    public required ObjectRef About { get; init; }
    public required string System { get; init; }
    public required string Operation { get; init; }
    public required SyncOutcome Outcome { get; init; }
    public string? State { get; init; }
    public Money? Amount { get; init; }
    public string? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }

    /// <summary>The trace that the event names.</summary>
    public string? TraceId { get; init; }
}

/// <summary>A transaction that was found.</summary>
public sealed record TransactionHit(string Flow, ObjectRef Lead, string? Label, string Unit, Money? Amount, TransactionStatus Status, DateTimeOffset? StartedAt);
