using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpsConsole.Traces;

/// <summary>
/// Orders the spans of a trace as a tree and finds its <see cref="CriticalPath"/>, once for all who look: no page computes it while it draws.
/// The self time of a span is what none of its children covers; where several ran side by side their time counts once.
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
        CriticalPath.Walk(roots, start, end);
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
}
