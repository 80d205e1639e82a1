using OpsConsole.Events;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

public class GapNamesTests
{
    private static readonly DateTimeOffset s_began = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Where_nothing_waited_there_is_no_gap()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 20, 80)]);

        Assert.All(tree.Rows, row => Assert.Null(new GapNames([]).Of(row, tree.Start)));
    }

    [Fact]
    public void It_stands_between_the_end_before_and_the_start_after()
    {
        var gap = Gap([], Span(1, 0, 0, 100), Span(2, 1, 400, 500));

        Assert.Equal((0.1, 0.3), (gap.FromMs, gap.Ms));
    }

    [Theory]
    [InlineData("""{"messaging.destination.name":"erp.invoices"}""", 5, GapKind.Queue, "Queue erp.invoices")]
    [InlineData("{}", 5, GapKind.Queue, "Queue")]
    [InlineData("""{"biz.wait":"the approval"}""", 1, GapKind.Business, "Business: the approval")]
    [InlineData("""{"biz.wait":"the approval","messaging.destination.name":"approved"}""", 5, GapKind.Business, "Business: the approval")]
    [InlineData("""{"enduser.id":"ines"}""", 2, GapKind.Business, "Business: a person")]
    [InlineData("{}", 1, GapKind.Unknown, "After step 1")]
    public void What_the_span_after_it_says_names_it(string attributes, int kind, GapKind expected, string name)
    {
        var gap = Gap([], Span(1, 0, 0, 100), Span(2, 1, 400, 500) with { Attributes = attributes, Kind = (short)kind });

        Assert.Equal((expected, name), (gap.Kind, gap.Name));
        Assert.NotEmpty(gap.Rule);
    }

    [Fact]
    public void A_sender_that_names_its_queue_names_the_wait_of_what_it_sent()
    {
        var gap = Gap([], Span(1, 0, 0, 100) with { Attributes = """{"messaging.destination.name":"orders"}""", Kind = 4 }, Span(2, 1, 400, 500));

        Assert.Equal((GapKind.Queue, "Queue orders"), (gap.Kind, gap.Name));
    }

    [Theory]
    [InlineData(true, "{}")]
    [InlineData(false, """{"http.request.resend_count":1}""")]
    public void The_time_between_two_attempts_is_a_back_off(bool failed, string attributes)
    {
        var gap = Gap([], Span(1, 0, 0, 900), Span(2, 1, 0, 100) with { Name = "post", Failed = failed }, Span(3, 1, 400, 900) with { Name = "post", Attributes = attributes });

        Assert.Equal((GapKind.Backoff, 0.1, 0.3), (gap.Kind, gap.FromMs, gap.Ms));
    }

    [Theory]
    [InlineData(false, "post")]
    [InlineData(true, "read")]
    public void Other_work_after_a_step_is_no_back_off(bool failed, string name)
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 900), Span(2, 1, 0, 100) with { Name = "post", Failed = failed }, Span(3, 1, 400, 900) with { Name = name }]);

        Assert.All(tree.Rows, row => Assert.Equal(0, row.WaitedNanos));
    }

    [Fact]
    public void An_event_of_another_process_within_it_is_what_the_business_waited_for()
    {
        var approved = new TraceFact(s_began.AddMicroseconds(300), "order", "SO-1", "crm", "", SyncOutcome.Succeeded, "approved", null, null, OwnTrace: false);
        SpanRead[] spans = [Span(1, 0, 0, 100), Span(2, 1, 400, 500)];

        Assert.Equal((GapKind.Business, "Business: order SO-1"), Named(approved));
        Assert.Equal(GapKind.Unknown, Named(approved with { OwnTrace = true }).Kind);
        Assert.Equal(GapKind.Unknown, Named(approved with { Outcome = SyncOutcome.Failed }).Kind);
        Assert.Equal(GapKind.Unknown, Named(approved with { Time = s_began.AddMicroseconds(50) }).Kind);

        (GapKind Kind, string Name) Named(TraceFact fact)
        {
            var gap = Gap([fact], spans);
            return (gap.Kind, gap.Name);
        }
    }

    private static TraceGap Gap(IReadOnlyList<TraceFact> facts, params IEnumerable<SpanRead> spans)
    {
        var tree = TraceTree.Of(spans);
        return Assert.Single(tree.Rows.Select(row => new GapNames(facts).Of(row, tree.Start)).OfType<TraceGap>());
    }

    // Times in microseconds.
    private static SpanRead Span(byte id, byte parent, long start, long end) => new(
        [0, 0, 0, 0, 0, 0, 0, id], parent == 0 ? null : [0, 0, 0, 0, 0, 0, 0, parent], start * 1_000, end * 1_000, $"step {id}", "router", 1, false, null, null, "{}", "{}", null, null);
}
