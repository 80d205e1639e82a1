using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Flows;

/// <summary>An order of three days: placed by one trace, invoiced by the next.</summary>
public class TransactionTracesTests
{
    private static readonly DateTimeOffset s_placed = new(2026, 3, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_invoiced = s_placed.AddDays(2);
    private static readonly ObjectRef s_order = new("order", "SO-1");
    private static readonly ObjectRef s_invoice = new("invoice", "INV-1");
    private static readonly TrailTrace s_first = Trace(1, s_placed, s_order);
    private static readonly TrailTrace s_second = Trace(2, s_invoiced, s_order, s_invoice);
    private static readonly TrailMilestone[] s_milestones = [new("placed", "Placed", s_placed, s_order), new("invoiced", "Invoiced", s_invoiced.AddSeconds(30), s_invoice)];
    private static readonly TrailFact[] s_facts = [new(s_order, s_placed, null), new(s_invoice, s_invoiced.AddSeconds(30), s_second.Id)];

    [Fact]
    public void With_a_trace_for_each_milestone_and_an_event_for_each_trace_it_is_complete()
    {
        var told = Told([s_second, s_first], s_facts, []);

        Assert.True(told.Complete);
        Assert.Equal([s_first.Id, s_second.Id], told.Traces.Select(trace => trace.TraceId));
        Assert.Equal([s_first.Id, s_second.Id], told.Milestones.Select(milestone => milestone.TraceId));
    }

    [Fact]
    public void A_milestone_whose_object_no_trace_speaks_of_at_that_time_has_none()
    {
        var told = Told([s_first], [s_facts[0]], []);

        Assert.Equal([s_first.Id, null], told.Milestones.Select(milestone => milestone.TraceId));
        Assert.False(told.Complete);
    }

    [Fact]
    public void A_trace_of_which_no_event_tells_is_seen()
    {
        var told = Told([s_first, s_second], [s_facts[0]], []);

        Assert.Equal([1, 0], told.Traces.Select(trace => trace.Facts));
        Assert.False(told.Complete);
    }

    [Fact]
    public void A_link_and_an_event_that_name_what_never_came_are_told()
    {
        var (link, named) = (new string('a', 32), new string('b', 32));
        var told = Told([s_first, s_second], [.. s_facts, new TrailFact(s_invoice, s_invoiced, named)], [new TrailLink(s_second.Id, "consume", link), new TrailLink(s_second.Id, "consume", s_first.Id)]);

        Assert.Equal([new LostTrace(link, s_second.Id, "consume"), new LostTrace(named, null, "invoice INV-1")], told.Lost);
        Assert.False(told.Complete);
    }

    [Fact]
    public void A_trace_without_its_root_is_not_complete()
    {
        var told = Told([s_first, Trace(2, s_invoiced, false, s_order, s_invoice)], s_facts, []);

        Assert.False(told.Complete);
    }

    private static TransactionTraces Told(IReadOnlyList<TrailTrace> traces, IReadOnlyList<TrailFact> facts, IReadOnlyList<TrailLink> links) =>
        TransactionTraces.Of(traces, facts, s_milestones, links, new HashSet<string> { s_first.Id, s_second.Id }, traces.Count);

    private static TrailTrace Trace(byte id, DateTimeOffset at, params ObjectRef[] objects) => Trace(id, at, true, objects);

    private static TrailTrace Trace(byte id, DateTimeOffset at, bool hasRoot, params ObjectRef[] objects) => new(
        new TraceSummary
        {
            TraceId = [.. Enumerable.Repeat(id, 16)], StartedAt = at, EndedAt = at.AddMinutes(1), Spans = 3, Errors = 0, Service = "hub", Name = "sync", HasRoot = hasRoot, Services = 1, ReceivedAt = at,
        },
        objects);
}
