using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>A trace's spans, and what was wrong with and said of its objects. Read in one round trip.</summary>
/// <param name="Spans">The first <see cref="MostSpans"/> by start.</param>
/// <param name="Exceptions">Of its objects or of itself.</param>
/// <param name="Facts">While it ran and shortly around it.</param>
internal sealed record TraceAround(IReadOnlyList<Span> Spans, IReadOnlyList<RelatedCase> Exceptions, IReadOnlyList<TraceFact> Facts)
{
    public const int MostSpans = 5_000;
    private const int MostFacts = 30;
    private static readonly TimeSpan s_around = TimeSpan.FromMinutes(5);

    public static async Task<TraceAround> Read(OpsDb db, TraceSubjects subjects, Scope scope, CancellationToken cancellationToken)
    {
        var (trace, seen) = (subjects.Trace, subjects.Seen(scope));
        var owner = subjects.Renamed
            ? (await ObjectNames.Of(db, [.. seen.Keys], cancellationToken)).GroupBy(name => name.SpokenKey).ToDictionary(name => name.Key, name => seen[name.First().ObjectKey])
            : seen;
        var together = new Together(db);
        var spans = together.Ask(SpansOf(db, trace));
        var cases = together.Ask(db.CasesOf([.. seen.Keys], trace.TraceId, scope));
        var facts = together.Ask(FactsAround(db, trace, [.. owner.Keys]));
        await together.Send(cancellationToken);
        return new TraceAround(
            spans.ConvertAll(span => span.Of(trace.TraceId)),
            cases.ConvertAll(row => row.Related),
            facts.ConvertAll(fact => fact.Of(owner[fact.SpokenKey])));
    }

    private static IQueryable<SpanRead> SpansOf(OpsDb db, TraceSummary trace)
    {
        var (id, (first, last)) = (trace.TraceId, trace.Days);
        return db.Spans.AsNoTracking().Where(s => s.TraceId == id && s.Day >= first && s.Day <= last).OrderBy(s => s.StartNanos).Take(MostSpans)
            .Select(s => new SpanRead(
                s.SpanId, s.StartNanos, s.Day, s.EndNanos, s.ParentSpanId, s.Name, s.Kind, s.Status, s.StatusMessage, s.Failed, s.Service, s.ScopeName,
                s.Attributes, s.Resource, s.Events, s.Links, s.ReceivedAt, s.SenderId));
    }

    private static IQueryable<FactRead> FactsAround(OpsDb db, TraceSummary trace, Guid[] spoken)
    {
        var (id, since, until) = (trace.TraceId, trace.StartedAt - s_around, trace.EndedAt + s_around);
        return db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey) && e.Time >= since && e.Time <= until)
            .OrderBy(e => e.Time).ThenBy(e => e.Id).Take(MostFacts)
            .Select(e => new FactRead(e.SpokenKey, e.Time, e.System, e.Operation, e.Outcome, e.State, e.Amount, e.Currency, e.ErrorMessage, e.TraceId == id));
    }

    private sealed record SpanRead(
        byte[] SpanId, long StartNanos, DateOnly Day, long EndNanos, byte[]? ParentSpanId, string Name, short Kind, short Status, string? StatusMessage, bool Failed, string Service,
        string? ScopeName, string Attributes, string Resource, string? Events, string? Links, DateTimeOffset ReceivedAt, Guid SenderId)
    {
        public Span Of(byte[] trace) => new()
        {
            TraceId = trace, SpanId = SpanId, StartNanos = StartNanos, Day = Day, EndNanos = EndNanos, ParentSpanId = ParentSpanId, Name = Name, Kind = Kind, Status = Status,
            StatusMessage = StatusMessage, Failed = Failed, Service = Service, ScopeName = ScopeName, Attributes = Attributes, Resource = Resource, Events = Events, Links = Links,
            ReceivedAt = ReceivedAt, SenderId = SenderId,
        };
    }

    private sealed record FactRead(
        Guid SpokenKey, DateTimeOffset Time, string System, string Operation, SyncOutcome Outcome, string? State, decimal? Amount, string? Currency, string? ErrorMessage, bool Own)
    {
        public TraceFact Of(BusinessObject owner) => new(
            Time, owner.Type, owner.Id, System, Operation, Outcome, State, Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null, ErrorMessage, Own);
    }
}
