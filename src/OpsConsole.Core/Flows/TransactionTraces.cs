using OpsConsole.Events;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>The traces of one transaction over its days, and what is missing between them and what the events say.</summary>
public sealed record TransactionTraces
{
    /// <summary>By start, the earliest first; at most 200.</summary>
    public required IReadOnlyList<TransactionTrace> Traces { get; init; }

    public required long Total { get; init; }

    /// <summary>Each milestone that was reached, with the trace that reached it as far as one was received.</summary>
    public required IReadOnlyList<MilestoneTrace> Milestones { get; init; }

    /// <summary>Traces that spans of these link to, or that events of its objects name, and that were never received.</summary>
    public required IReadOnlyList<LostTrace> Lost { get; init; }

    /// <summary>Every reached milestone has its trace, every trace its root and its event, and every link leads somewhere.</summary>
    public bool Complete => Total == Traces.Count && Lost.Count == 0 && Milestones.All(milestone => milestone.TraceId is not null) && Traces.All(trace => trace is { HasRoot: true, Facts: > 0 });

    /// <summary>A trace may stand so far from what it reports: clocks differ, and an event is often sent after the work.</summary>
    internal static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    /// <param name="traces">That speak of its objects, or that such a trace links to.</param>
    /// <param name="facts">That were said of its objects.</param>
    /// <param name="milestones">Those that were reached.</param>
    /// <param name="links">Of the traces' spans.</param>
    /// <param name="received">The linked and named traces that were received, in whoever's scope.</param>
    /// <param name="total">How many traces there are.</param>
    internal static TransactionTraces Of(
        IReadOnlyList<TrailTrace> traces, IReadOnlyList<TrailFact> facts, IReadOnlyList<TrailMilestone> milestones, IReadOnlyList<TrailLink> links, IReadOnlySet<string> received, long total) => new()
    {
        Traces = [.. traces.OrderBy(trace => trace.Trace.StartedAt).Select(trace => trace.Line(facts.Count(fact => fact.IsOf(trace)), links))],
        Total = total,
        Milestones =
        [
            .. from milestone in milestones
               let ran = traces.Where(trace => milestone.IsOf(trace)).OrderBy(trace => (trace.Trace.EndedAt - milestone.ReachedAt).Duration()).FirstOrDefault()
               select new MilestoneTrace(milestone.Name, milestone.Label, milestone.ReachedAt, milestone.ReachedBy, ran?.Id),
        ],
        Lost =
        [
            .. links.Where(link => !received.Contains(link.To)).DistinctBy(link => (link.From, link.To)).Select(link => new LostTrace(link.To, link.From, link.Step)),
            .. facts.Where(fact => fact.TraceId is { } named && !received.Contains(named)).DistinctBy(fact => fact.TraceId).Select(fact => new LostTrace(fact.TraceId!, null, $"{fact.Of.Type} {fact.Of.Id}")),
        ],
    };
}

/// <summary>One of a transaction's traces.</summary>
/// <param name="TraceId">Its id.</param>
/// <param name="Service">Of its first step.</param>
/// <param name="Name">Of its first step.</param>
/// <param name="StartedAt">Its first start.</param>
/// <param name="EndedAt">Its last end.</param>
/// <param name="Spans">As far as they have come.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="HasRoot">False: the span that began it has not come.</param>
/// <param name="Objects">Those of the transaction that it speaks of.</param>
/// <param name="Facts">How many events belong to it: they name it, or speak of its objects within 5 minutes of it. None: it says that it ran, and no system says what came of it.</param>
/// <param name="LinkedFrom">It speaks of none of the objects; a span of this trace links to it.</param>
public sealed record TransactionTrace(
    string TraceId, string Service, string Name, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Spans, int Errors, bool HasRoot, IReadOnlyList<ObjectRef> Objects, int Facts, string? LinkedFrom);

/// <summary>A milestone that was reached, and the trace that speaks of its object and ran within 5 minutes of it.</summary>
/// <param name="Name">Of the milestone.</param>
/// <param name="Label">As people call it.</param>
/// <param name="ReachedAt">When its event happened.</param>
/// <param name="ReachedBy">The object that reached it.</param>
/// <param name="TraceId">Nothing: no such trace was received.</param>
public sealed record MilestoneTrace(string Name, string Label, DateTimeOffset ReachedAt, ObjectRef? ReachedBy, string? TraceId);

/// <summary>A trace that is only known because another links to it or an event names it.</summary>
/// <param name="TraceId">Its id.</param>
/// <param name="From">The trace whose span links to it; nothing: an event names it.</param>
/// <param name="Step">That span's name, or the object that the event is about.</param>
public sealed record LostTrace(string TraceId, string? From, string Step);

internal sealed record TrailTrace(TraceSummary Trace, IReadOnlyList<ObjectRef> Objects)
{
    public string Id { get; } = Convert.ToHexStringLower(Trace.TraceId);

    public bool Around(DateTimeOffset time) => time >= Trace.StartedAt - TransactionTraces.Around && time <= Trace.EndedAt + TransactionTraces.Around;

    public TransactionTrace Line(int facts, IReadOnlyList<TrailLink> links) => new(
        Id, Trace.Service, Trace.Name, Trace.StartedAt, Trace.EndedAt, Trace.Spans, Trace.Errors, Trace.HasRoot, Objects, facts,
        Objects.Count > 0 ? null : links.FirstOrDefault(link => link.To == Id)?.From);
}

internal sealed record TrailFact(ObjectRef Of, DateTimeOffset Time, string? TraceId)
{
    public bool IsOf(TrailTrace trace) => TraceId == trace.Id || (TraceId is null && trace.Objects.Contains(Of) && trace.Around(Time));
}

internal sealed record TrailMilestone(string Name, string Label, DateTimeOffset ReachedAt, ObjectRef? ReachedBy)
{
    public bool IsOf(TrailTrace trace) => ReachedBy is { } what && trace.Objects.Contains(what) && trace.Around(ReachedAt);
}

internal sealed record TrailLink(string From, string Step, string To);
