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
