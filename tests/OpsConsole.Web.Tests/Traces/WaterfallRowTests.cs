using System.Text.Json;
using OpsConsole.Traces;
using OpsConsole.Web.Traces;

namespace OpsConsole.Web.Tests.Traces;

/// <summary>A root with two children; the first has a failed child of its own, the second waited in a queue.</summary>
public class WaterfallRowTests
{
    private static readonly SpanLine[] s_spans =
    [
        Span("root", 0, children: 2, critical: true),
        Span("map", 1, children: 1),
        Span("post", 2) with { Failed = true },
        Span("consume", 1, critical: true) with { Gap = new TraceGap(GapKind.Queue, "Queue orders", "It says so.", 10, 40) },
    ];

    [Fact]
    public void Every_span_has_a_line_and_a_gap_has_one_before_its_span()
    {
        Assert.Equal(["root", "map", "post", "gap", "consume"], Lines(TraceView.All));
        Assert.Equal([0, 1, 2, 3, 4], Rows(TraceView.All, new Folding()).Select(row => row.Index));
    }

    [Fact]
    public void A_gap_that_is_nothing_in_the_whole_is_no_line()
    {
        var rows = WaterfallRow.Arrange(Trace() with { DurationMs = 100_000 }, TraceView.All, new Folding());

        Assert.DoesNotContain(rows, row => row.Gap is not null);
    }

    [Fact]
    public void A_view_keeps_the_way_to_what_it_shows() => Assert.Equal(["root", "map", "post"], Lines(TraceView.Errors));

    [Fact]
    public void What_is_below_a_folded_span_is_not_drawn_and_a_folded_leaf_hides_nothing()
    {
        var folding = new Folding();
        folding.Fold(s_spans[1]);
        folding.Fold(s_spans[2]);

        Assert.Equal(["root", "map", "gap", "consume"], Lines(TraceView.All, folding));

        folding.Unfold(s_spans[1]);

        Assert.Equal(["root", "map", "post", "gap", "consume"], Lines(TraceView.All, folding));
    }

    [Fact]
    public void It_folds_to_a_depth_and_opens_the_way_to_one_span()
    {
        var folding = new Folding();

        folding.ToDepth(s_spans, 1);
        Assert.Equal(["root"], Lines(TraceView.All, folding));

        folding.ToDepth(s_spans, 2);
        Assert.Equal(["root", "map", "gap", "consume"], Lines(TraceView.All, folding));

        folding.ToDepth(s_spans, 1);
        folding.Reveal(s_spans, 2);
        Assert.Equal(["root", "map", "post", "gap", "consume"], Lines(TraceView.All, folding));
    }

    [Fact]
    public void The_parent_is_the_nearest_before_of_lesser_depth() =>
        Assert.Equal([-1, 0, 1, 0], Enumerable.Range(0, s_spans.Length).Select(i => Folding.ParentOf(s_spans, i)));

    private static IEnumerable<string> Lines(TraceView view, Folding? folding = null) => Rows(view, folding ?? new Folding()).Select(row => row.Gap is null ? row.Span.Name : "gap");

    private static List<WaterfallRow> Rows(TraceView view, Folding folding) => WaterfallRow.Arrange(Trace(), view, folding);

    private static TraceDetails Trace() => new()
    {
        TraceId = new string('1', 32), Service = "hub", Name = "root", StartedAt = default, DurationMs = 100, Services = 1, Errors = 1, SpanCount = s_spans.Length, ReceivedAt = default,
        Spans = s_spans, Times = [], ByService = [], Objects = [], Exceptions = [], Facts = [],
    };

    private static SpanLine Span(string name, int depth, int children = 0, bool critical = false) => new()
    {
        SpanId = name, Name = name, Service = "hub", Kind = "internal", StartedAt = default, StartMs = 50, DurationMs = 10, SelfMs = 10, CriticalMs = critical ? 10 : 0, Critical = critical, Depth = depth,
        Children = children, Failed = false, Whole = true, HasEvents = false, Resource = JsonElement.Parse("{}"), Events = [], Links = [],
    };
}
