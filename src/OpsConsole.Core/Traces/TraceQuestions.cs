using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>What the page of a trace asks, besides the trace itself. <c>id</c> is the trace's; <c>all</c> and <c>units</c> are the reader's scope.</summary>
internal sealed class TraceQuestions
{
    /// <summary>A trace of up to so many spans is read with all that they carry.</summary>
    public const int MostWhole = 5_000;

    /// <summary>Of a longer one so many are read, with what the waterfall draws; a span that somebody opens is read then.</summary>
    public const int MostSpans = 100_000;
    private const int MostFacts = 30;

    /// <summary>What its spans name.</summary>
    public Func<OpsDb, byte[], IEnumerable<TraceKey>> Said { get; } = EF.CompileQuery<OpsDb, byte[], TraceKey>((db, id) =>
        db.TraceKeys.Where(k => k.TraceId == id).OrderBy(k => k.Type).ThenBy(k => k.Id));

    /// <summary>The objects that bear these names themselves, whatever their unit.</summary>
    public Func<OpsDb, byte[], IEnumerable<BusinessObject>> Objects { get; } = EF.CompileQuery((OpsDb db, byte[] id) =>
        db.Objects.Where(o => db.TraceKeys.Any(k => k.TraceId == id && k.SpokenKey == o.Key)));

    /// <summary>The first of the named objects that have other names, when any has.</summary>
    public Func<OpsDb, byte[], IEnumerable<Guid>> Renamed { get; } = EF.CompileQuery((OpsDb db, byte[] id) =>
        db.TraceKeys.Where(k => k.TraceId == id && db.SaidNames.Any(n => n.TargetSpokenKey == k.SpokenKey)).OrderBy(k => k.SpokenKey).Select(k => k.SpokenKey).Take(1));

    /// <summary>The earliest, with all that they carry. The days between which they started spare the other days' partitions.</summary>
    public Func<OpsDb, byte[], DateOnly, DateOnly, IEnumerable<SpanRead>> Spans { get; } = EF.CompileQuery((OpsDb db, byte[] id, DateOnly first, DateOnly last) =>
        db.Spans.Where(s => s.TraceId == id && s.Day >= first && s.Day <= last).OrderBy(s => s.StartNanos).Take(MostWhole)
            .Select(s => new SpanRead(
                s.SpanId, s.ParentSpanId, s.StartNanos, s.EndNanos, s.Name, s.Service, s.Kind, s.Failed, s.StatusMessage, s.ScopeName, s.Attributes, s.Resource, s.Events, s.Links)));

    /// <summary>
    /// The same of a long trace: attributes of those that failed or that may name a gap (<see cref="GapNames"/>), a root's resource, a failed one's
    /// events (of another only that it has some), every link.
    /// </summary>
    public Func<OpsDb, byte[], DateOnly, DateOnly, IEnumerable<SpanRead>> Outline { get; } = EF.CompileQuery((OpsDb db, byte[] id, DateOnly first, DateOnly last) =>
        db.Spans.Where(s => s.TraceId == id && s.Day >= first && s.Day <= last).OrderBy(s => s.StartNanos).Take(MostSpans)
            .Select(s => new SpanRead(
                s.SpanId, s.ParentSpanId, s.StartNanos, s.EndNanos, s.Name, s.Service, s.Kind, s.Failed, s.StatusMessage, s.ScopeName,
                s.Failed || s.Kind >= GapNames.Producer || s.Attributes.Contains("biz.wait") || (s.Kind == 3 && s.Attributes.Contains("resend_count")) || (s.Kind == 2 && s.Attributes.Contains("user.id")) ? s.Attributes : "{}",
                s.ParentSpanId == null ? s.Resource : "{}",
                s.Failed || s.Events == null ? s.Events : "[]",
                s.Links)));

    /// <summary>Of these objects or of the trace itself.</summary>
    public Func<OpsDb, Guid[], byte[], bool, string[], IEnumerable<RelatedRead>> Exceptions { get; } = EF.CompileQuery((OpsDb db, Guid[] objects, byte[] id, bool all, string[] units) => (
        from c in db.Cases
        where objects.Contains(c.ObjectKey) || c.TraceId == id
        where c.MovedTo == null && (all || units.Contains(c.Unit))
        orderby c.EndedAt != null, c.OpenedAt descending, c.Id
        select c).Take(RelatedQueries.MostCases).Select(RelatedRead.Of));

    /// <summary>What was said under these names in that time.</summary>
    public Func<OpsDb, Guid[], byte[], DateTimeOffset, DateTimeOffset, IEnumerable<FactRead>> Facts { get; } = EF.CompileQuery((OpsDb db, Guid[] spoken, byte[] id, DateTimeOffset since, DateTimeOffset until) =>
        db.Events.Where(e => spoken.Contains(e.SpokenKey) && e.Time >= since && e.Time <= until)
            .OrderBy(e => e.Time).ThenBy(e => e.Id).Take(MostFacts)
            .Select(e => new FactRead(e.SpokenKey, e.Time, e.System, e.Operation, e.Outcome, e.State, e.Amount, e.Currency, e.ErrorMessage, e.TraceId == id)));
}

/// <summary>The columns of a <see cref="TraceFact"/>.</summary>
internal sealed record FactRead(
    Guid SpokenKey, DateTimeOffset Time, string System, string Operation, SyncOutcome Outcome, string? State, decimal? Amount, string? Currency, string? ErrorMessage, bool Own)
{
    public TraceFact Of(BusinessObject owner) => new(
        Time, owner.Type, owner.Id, System, Operation, Outcome, State, Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null, ErrorMessage, Own);
}
