using System.Buffers.Binary;

namespace OpsConsole.Traces;

/// <summary>One span in the order in which it is drawn, with what only the whole trace can tell.</summary>
public sealed class SpanNode(Span span)
{
    public Span Span { get; } = span;

    public int Depth { get; internal set; }

    public SpanNode? Parent { get; internal set; }

    /// <summary>In order of start.</summary>
    public IReadOnlyList<SpanNode> Children { get; internal set; } = [];

    /// <summary>Its parent was named but has not come, so it stands at the root.</summary>
    public bool Orphan { get; internal set; }

    /// <summary>Its own time: what none of its children covers. Nanoseconds.</summary>
    public long SelfNanos { get; internal set; }

    /// <summary>What of the trace's duration went through this span itself. Zero: it stood beside the critical path. Nanoseconds.</summary>
    public long CriticalNanos { get; internal set; }

    /// <summary>How long it waited after its parent had ended, when nothing else ran: a queue or an outbox. Nanoseconds.</summary>
    public long WaitedNanos { get; internal set; }

    /// <summary>It or something below it lies on the critical path.</summary>
    public bool Critical { get; internal set; }

    /// <summary>The latest end of it and of everything below it.</summary>
    internal long LastEnd { get; set; }

    public long Start => Span.StartNanos;

    /// <summary>Never before the start, whatever the sender's clock said.</summary>
    public long End => Math.Max(Span.EndNanos, Span.StartNanos);
}

/// <summary>
/// Orders the spans of a trace as a tree and finds its critical path: walked from the trace's end backwards, always into the child that ended
/// last, so that the pieces add up to the whole duration. Time in which no span ran is a wait, and belongs to the span that came after it.
/// </summary>
public sealed class TraceTree
{
    private TraceTree(IReadOnlyList<SpanNode> rows, long start, long end) => (Rows, Start, End) = (rows, start, end);

    /// <summary>Depth first, children in order of start.</summary>
    public IReadOnlyList<SpanNode> Rows { get; }

    public long Start { get; }

    public long End { get; }

    public static TraceTree Of(IEnumerable<Span> spans)
    {
        var nodes = spans.OrderBy(span => span.StartNanos).ThenByDescending(span => span.EndNanos).Select(span => new SpanNode(span)).ToList();
        var byId = new Dictionary<ulong, SpanNode>(nodes.Count);
        foreach (var node in nodes)
        {
            byId.TryAdd(Number(node.Span.SpanId), node);
        }

        foreach (var node in nodes.Where(node => node.Span.ParentSpanId is { Length: > 0 }))
        {
            node.Parent = byId.GetValueOrDefault(Number(node.Span.ParentSpanId!));
            node.Orphan = node.Parent is null;
        }

        CutCircles(nodes);
        foreach (var family in nodes.Where(node => node.Parent is not null).GroupBy(node => node.Parent!))
        {
            family.Key.Children = [.. family];
        }

        var roots = nodes.Where(node => node.Parent is null).ToList();
        var rows = Flatten(roots);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            rows[i].LastEnd = Math.Max(rows[i].End, rows[i].Children.Count == 0 ? 0 : rows[i].Children.Max(child => child.LastEnd));
            rows[i].SelfNanos = Self(rows[i]);
        }

        var (start, end) = nodes.Count == 0 ? (0, 0) : (nodes.Min(node => node.Start), nodes.Max(node => node.End));
        Path(roots, start, end);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            rows[i].Critical = rows[i].CriticalNanos > 0 || rows[i].WaitedNanos > 0 || rows[i].Children.Any(child => child.Critical);
        }

        return new TraceTree(rows, start, end);
    }

    // Eight bytes are a number, and ten thousand numbers are no garbage.
    private static ulong Number(byte[] id) => BinaryPrimitives.ReadUInt64BigEndian(id);

    // Broken senders have been seen to name a span its own ancestor: the circle is cut at its earliest span.
    private static void CutCircles(List<SpanNode> nodes)
    {
        var safe = new HashSet<SpanNode>();
        foreach (var node in nodes)
        {
            var way = new HashSet<SpanNode>();
            for (var at = node; at is not null && !safe.Contains(at); at = at.Parent)
            {
                if (!way.Add(at))
                {
                    (at.Parent, at.Orphan) = (null, true);
                    break;
                }
            }

            safe.UnionWith(way);
        }
    }

    private static List<SpanNode> Flatten(IReadOnlyList<SpanNode> roots)
    {
        var rows = new List<SpanNode>();
        var open = new Stack<SpanNode>(roots.Reverse());
        while (open.TryPop(out var node))
        {
            node.Depth = node.Parent is null ? 0 : node.Parent.Depth + 1;
            rows.Add(node);
            foreach (var child in node.Children.Reverse())
            {
                open.Push(child);
            }
        }

        return rows;
    }

    private static long Self(SpanNode node)
    {
        var (covered, reached) = (0L, node.Start);
        foreach (var child in node.Children)
        {
            var from = Math.Max(child.Start, reached);
            var to = Math.Min(child.End, node.End);
            if (to > from)
            {
                covered += to - from;
                reached = to;
            }
        }

        return node.End - node.Start - covered;
    }

    // An explicit stack, because a trace may be ten thousand deep.
    private static void Path(IReadOnlyList<SpanNode> roots, long start, long end)
    {
        var work = new Stack<(SpanNode? Node, IReadOnlyList<SpanNode> Children, long From, long Until)>();
        work.Push((null, roots, start, end));
        while (work.TryPop(out var stretch))
        {
            var (at, next) = (stretch.Until, (SpanNode?)null);
            foreach (var child in stretch.Children.OrderByDescending(child => Math.Min(child.LastEnd, stretch.Until)).ThenByDescending(child => child.Start))
            {
                // A clock that runs ahead may let a child begin before its parent; only what lies within counts.
                var (first, last) = (Math.Max(child.Start, stretch.From), Math.Min(child.LastEnd, at));
                if (last <= first)
                {
                    continue;
                }

                Spend(stretch.Node, last, at, next);
                work.Push((child, child.Children, first, last));
                (at, next) = (first, child);
            }

            Spend(stretch.Node, stretch.From, at, next);
        }
    }

    // Within the span it is the span's own time; past its end nothing ran until the next child began.
    private static void Spend(SpanNode? node, long from, long to, SpanNode? next)
    {
        var own = node is null ? 0 : next is null ? to - from : Math.Max(0, Math.Min(to, node.End) - Math.Max(from, node.Start));
        if (node is not null)
        {
            node.CriticalNanos += own;
        }

        if (next is not null)
        {
            next.WaitedNanos += to - from - own;
        }
    }
}
