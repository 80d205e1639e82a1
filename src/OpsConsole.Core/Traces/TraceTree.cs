using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpsConsole.Traces;

/// <summary>One span in the order in which it is drawn, with what only the whole trace can tell.</summary>
public sealed class SpanNode(SpanRead span)
{
    private List<SpanNode>? _children;

    public SpanRead Span { get; } = span;

    public int Depth { get; internal set; }

    public SpanNode? Parent { get; internal set; }

    /// <summary>In order of start.</summary>
    public IReadOnlyList<SpanNode> Children => _children ?? (IReadOnlyList<SpanNode>)[];

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

    public long Start { get; } = span.StartNanos;

    /// <summary>Never before the start, whatever the sender's clock said.</summary>
    public long End { get; } = Math.Max(span.EndNanos, span.StartNanos);

    /// <summary>Its place in the order of start.</summary>
    internal int Place { get; init; }

    /// <summary><see cref="Children"/>, to be walked without garbage.</summary>
    internal ReadOnlySpan<SpanNode> Below => CollectionsMarshal.AsSpan(_children);

    /// <param name="child">Begins no earlier than those before it.</param>
    internal void Adopt(SpanNode child) => (_children ??= []).Add(child);
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

    public static TraceTree Of(IEnumerable<SpanRead> spans)
    {
        var nodes = spans.OrderBy(span => span.StartNanos).ThenByDescending(span => span.EndNanos).Select((span, i) => new SpanNode(span) { Place = i }).ToArray();
        FindParents(nodes);
        CutCircles(nodes);
        var roots = Families(nodes);
        var rows = Flatten(roots, nodes.Length);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            // Children come after their parents, so the latest end of what is below has been told.
            var node = rows[i];
            node.LastEnd = Math.Max(node.End, node.LastEnd);
            node.Parent?.LastEnd = Math.Max(node.Parent.LastEnd, node.LastEnd);
            node.SelfNanos = Self(node);
        }

        var (start, end) = nodes.Length == 0 ? (0, 0) : (nodes[0].Start, nodes.Max(node => node.End));
        Path(roots, start, end);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var node = rows[i];
            node.Critical |= node.CriticalNanos > 0 || node.WaitedNanos > 0;
            node.Parent?.Critical |= node.Critical;
        }

        return new TraceTree(rows, start, end);
    }

    // Eight bytes are a number, and ten thousand numbers are no garbage.
    private static ulong Number(byte[] id) => BinaryPrimitives.ReadUInt64BigEndian(id);

    private static void FindParents(SpanNode[] nodes)
    {
        var byId = new Dictionary<ulong, SpanNode>(nodes.Length);
        foreach (var node in nodes)
        {
            byId.TryAdd(Number(node.Span.SpanId), node);
        }

        foreach (var node in nodes)
        {
            if (node.Span.ParentSpanId is { Length: > 0 } parent)
            {
                node.Parent = byId.GetValueOrDefault(Number(parent));
                node.Orphan = node.Parent is null;
            }
        }
    }

    // Broken senders have been seen to name a span its own ancestor: the circle is cut where the walk from the earliest span comes into it.
    private static void CutCircles(SpanNode[] nodes)
    {
        var walks = new int[nodes.Length];
        for (var walk = 1; walk <= nodes.Length; walk++)
        {
            var at = nodes[walk - 1];
            while (at is not null && walks[at.Place] == 0)
            {
                walks[at.Place] = walk;
                at = at.Parent;
            }

            if (at is not null && walks[at.Place] == walk)
            {
                (at.Parent, at.Orphan) = (null, true);
            }
        }
    }

    private static List<SpanNode> Families(SpanNode[] nodes)
    {
        var roots = new List<SpanNode>();
        foreach (var node in nodes)
        {
            if (node.Parent is { } parent)
            {
                parent.Adopt(node);
            }
            else
            {
                roots.Add(node);
            }
        }

        return roots;
    }

    private static List<SpanNode> Flatten(List<SpanNode> roots, int count)
    {
        var rows = new List<SpanNode>(count);
        var open = new Stack<SpanNode>();
        Push(CollectionsMarshal.AsSpan(roots));
        while (open.TryPop(out var node))
        {
            node.Depth = node.Parent is null ? 0 : node.Parent.Depth + 1;
            rows.Add(node);
            Push(node.Below);
        }

        return rows;

        void Push(ReadOnlySpan<SpanNode> nodes)
        {
            for (var i = nodes.Length - 1; i >= 0; i--)
            {
                open.Push(nodes[i]);
            }
        }
    }

    private static long Self(SpanNode node)
    {
        var (covered, reached) = (0L, node.Start);
        foreach (var child in node.Below)
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
    private static void Path(List<SpanNode> roots, long start, long end)
    {
        var work = new Stack<(SpanNode? Node, long From, long Until)>();
        work.Push((null, start, end));
        while (work.TryPop(out var stretch))
        {
            var (at, next) = (stretch.Until, (SpanNode?)null);
            foreach (var child in LastFirst(stretch.Node is null ? CollectionsMarshal.AsSpan(roots) : stretch.Node.Below, stretch.Until))
            {
                // A clock that runs ahead may let a child begin before its parent; only what lies within counts.
                var (first, last) = (Math.Max(child.Start, stretch.From), Math.Min(child.LastEnd, at));
                if (last <= first)
                {
                    continue;
                }

                Spend(stretch.Node, last, at, next);
                work.Push((child, first, last));
                (at, next) = (first, child);
            }

            Spend(stretch.Node, stretch.From, at, next);
        }
    }

    // Those that ended last come first, of these those that began last.
    private static SpanNode[] LastFirst(ReadOnlySpan<SpanNode> children, long until)
    {
        var sorted = children.ToArray();
        Array.Sort(sorted, (one, other) =>
            Math.Min(other.LastEnd, until).CompareTo(Math.Min(one.LastEnd, until)) is var ended and not 0 ? ended
            : other.Start.CompareTo(one.Start) is var began and not 0 ? began
            : one.Place.CompareTo(other.Place));
        return sorted;
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
