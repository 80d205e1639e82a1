using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

public class TraceTreeTests
{
    [Fact]
    public void The_pieces_of_the_critical_path_and_the_waits_add_up_to_the_duration()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var tree = TraceTree.Of(Any(random));

            Assert.Equal(tree.End - tree.Start, tree.Rows.Sum(row => row.CriticalNanos + row.WaitedNanos));
        }
    }

    [Fact]
    public void Every_span_stands_once_and_below_its_parent()
    {
        var spans = Any(new Random(6));

        var tree = TraceTree.Of(spans);

        Assert.Equal(spans.Count, tree.Rows.Distinct().Count());
        Assert.All(tree.Rows.Where(row => row.Parent is not null), row => Assert.Equal(row.Parent!.Depth + 1, row.Depth));
    }

    [Fact]
    public void What_began_after_its_parent_had_ended_has_waited()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 400, 500)]);

        Assert.Equal((300, 100, 100), (tree.Rows[1].WaitedNanos, tree.Rows[0].CriticalNanos, tree.Rows[1].CriticalNanos));
    }

    [Fact]
    public void What_ran_beside_a_longer_one_is_not_on_the_critical_path()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 10, 90), Span(3, 1, 10, 40)]);

        Assert.Equal([true, true, false], tree.Rows.OrderBy(row => row.Span.SpanId[7]).Select(row => row.Critical));
        Assert.Equal(20, tree.Rows[0].SelfNanos);
    }

    [Fact]
    public void What_still_ran_when_the_next_began_was_not_waited_for()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 10, 60), Span(3, 1, 50, 90)]);

        Assert.Equal([(1, 60L), (2, 0L), (3, 40L)], OnPath(tree));
    }

    [Fact]
    public void The_path_goes_back_from_child_to_child_that_had_finished_and_through_the_parent_between_them()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 5, 30), Span(3, 1, 10, 40), Span(4, 1, 45, 90), Span(5, 4, 50, 80)]);

        Assert.Equal([(1, 25L), (2, 0L), (3, 30L), (4, 15L), (5, 30L)], OnPath(tree));
    }

    [Fact]
    public void A_child_that_outlives_its_parents_answer_is_cut_where_the_parent_ends()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 10, 50), Span(3, 2, 20, 70), Span(4, 1, 60, 100)]);

        Assert.Equal([(1, 20L), (2, 10L), (3, 30L), (4, 40L)], OnPath(tree));
    }

    [Fact]
    public void The_path_ends_where_the_trace_ends_though_the_first_span_answered_long_before()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 50), Span(2, 1, 10, 20), Span(3, 2, 200, 300), Span(4, 1, 30, 40)]);

        Assert.Equal([(1, 10L), (2, 10L), (3, 100L), (4, 0L)], OnPath(tree));
        Assert.Equal(180, tree.Rows.Single(row => row.Span.SpanId[7] == 3).WaitedNanos);
    }

    [Fact]
    public void Between_a_failed_attempt_and_the_next_the_parent_only_waited()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 10, 30) with { Name = "post", Failed = true }, Span(3, 1, 70, 90) with { Name = "post" }]);

        Assert.Equal([(1, 20L), (2, 20L), (3, 20L)], OnPath(tree));
        Assert.Equal(40, tree.Rows[2].WaitedNanos);
        Assert.Same(tree.Rows[1], tree.Rows[2].Repeats);
    }

    [Fact]
    public void Self_time_is_what_no_child_covers_and_what_ran_side_by_side_counts_once()
    {
        var tree = TraceTree.Of([Span(1, 0, 0, 100), Span(2, 1, 10, 40), Span(3, 1, 20, 60), Span(4, 1, 90, 150)]);

        Assert.Equal([40L, 30L, 40L, 60L], tree.Rows.Select(row => row.SelfNanos));
    }

    [Fact]
    public void A_span_whose_parent_has_not_come_stands_at_the_root()
    {
        var tree = TraceTree.Of([Span(2, 1, 10, 90)]);

        Assert.True(tree.Rows[0].Orphan);
        Assert.Equal(0, tree.Rows[0].Depth);
    }

    [Fact]
    public void Spans_that_name_each_other_as_parents_are_drawn_all_the_same()
    {
        var tree = TraceTree.Of([Span(1, 2, 0, 100), Span(2, 1, 10, 90), Span(3, 3, 5, 6)]);

        Assert.Equal(3, tree.Rows.Count);
    }

    [Fact]
    public void It_is_the_tree_that_its_definition_makes()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var spans = Any(random);
            spans.AddRange(Any(random).Take(random.Next(0, 3)));

            var tree = TraceTree.Of(spans);

            Assert.Equal(
                PlainTraceTree.Of(spans),
                tree.Rows.Select(row => new PlainRow(
                    row.Span, row.Parent?.Span, row.Depth, row.Children.Count, row.Orphan, row.SelfNanos, row.CriticalNanos, row.WaitedNanos, row.Critical)));
        }
    }

    private static IEnumerable<(int Id, long Nanos)> OnPath(TraceTree tree) => tree.Rows.OrderBy(row => row.Span.SpanId[7]).Select(row => ((int)row.Span.SpanId[7], row.CriticalNanos));

    private static List<SpanRead> Any(Random random)
    {
        var spans = new List<SpanRead>();
        for (byte id = 1; id <= random.Next(1, 30); id++)
        {
            var start = random.Next(0, 1000);
            spans.Add(Span(id, (byte)random.Next(0, 30), start, start + random.Next(0, 400)));
        }

        return spans;
    }

    private static SpanRead Span(byte id, byte parent, long start, long end) => new(
        [0, 0, 0, 0, 0, 0, 0, id], parent == 0 ? null : [0, 0, 0, 0, 0, 0, 0, parent], start, end, $"step {id}", "router", 1, false, null, null, "{}", "{}", null, null);
}
