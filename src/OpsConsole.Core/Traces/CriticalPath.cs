using System.Runtime.InteropServices;

namespace OpsConsole.Traces;

/// <summary>
/// The critical path: the chain of spans that determines when the trace ended. It is walked from the end backwards, into the child that
/// finished last; from that child's start on into the child that finished last before it began, and so on. One that still ran when the next
/// began was not waited for, so it stands beside the path. The rule is that of CRISP (Zhang et al., "CRISP: Critical Path Analysis of
/// Large-Scale Microservice Architectures", USENIX ATC 2022: last returning child, happens-before, children cut at their parent's end) and of
/// Jaeger's critical path, which follows it.
/// </summary>
/// <remarks>
/// Both look at one request and leave out what outlives its parent. A business transaction goes on over queues and outboxes, so here the walk
/// begins at the end of the whole trace and follows what came after a parent had ended. There no parent's own time can account for an overlap,
/// so of two that ran side by side the earlier counts until the later began. The pieces, waits included, add up to the trace's duration.
/// </remarks>
internal static class CriticalPath
{
    /// <summary>Gives each span its <see cref="SpanNode.CriticalNanos"/> and <see cref="SpanNode.WaitedNanos"/>.</summary>
    /// <param name="roots">In order of start.</param>
    /// <param name="start">Of the trace, in nanoseconds.</param>
    /// <param name="end">The latest end of any span.</param>
    public static void Walk(List<SpanNode> roots, long start, long end)
    {
        // An explicit stack, because a trace may be ten thousand deep.
        var work = new Stack<Stretch>();
        work.Push(new Stretch(null, start, end));
        while (work.TryPop(out var stretch))
        {
            Follow(stretch, stretch.Node is null ? CollectionsMarshal.AsSpan(roots) : stretch.Node.Below, work);
        }
    }

    private static void Follow(Stretch stretch, ReadOnlySpan<SpanNode> children, Stack<Stretch> work)
    {
        var (node, at, next) = (stretch.Node, stretch.Until, (SpanNode?)null);
        if (node is null || at > node.End)
        {
            foreach (var child in LastFirst(children, stretch.Until, whole: true))
            {
                if (node is not null && at <= node.End)
                {
                    break;
                }

                Take(child, Math.Min(child.LastEnd, at));
            }
        }

        if (node is not null)
        {
            foreach (var child in LastFirst(children, stretch.Until, whole: false))
            {
                if (at == stretch.Until || child.End <= at)
                {
                    Take(child, Math.Min(child.End, at));
                }
            }
        }

        Spend(node, stretch.From, at, next, null);

        void Take(SpanNode child, long last)
        {
            // A clock that runs ahead may let a child begin before its parent; only what lies within counts.
            var first = Math.Max(child.Start, stretch.From);
            if (last > first)
            {
                Spend(node, last, at, next, child);
                work.Push(new Stretch(child, first, last));
                (at, next) = (first, child);
            }
        }
    }

    // Those that ended last come first, of these those that began last.
    private static SpanNode[] LastFirst(ReadOnlySpan<SpanNode> children, long until, bool whole)
    {
        var sorted = children.ToArray();
        Array.Sort(sorted, (one, other) =>
            Ended(other).CompareTo(Ended(one)) is var ended and not 0 ? ended
            : other.Start.CompareTo(one.Start) is var began and not 0 ? began
            : one.Place.CompareTo(other.Place));
        return sorted;

        long Ended(SpanNode child) => Math.Min(whole ? child.LastEnd : child.End, until);
    }

    // Within the span it is the span's own time, unless it only waited to try again; past its end nothing ran until the next child began.
    private static void Spend(SpanNode? node, long from, long to, SpanNode? next, SpanNode? before)
    {
        var again = before is not null && next is not null && GapNames.IsRepeated(before.Span, next.Span);
        var own = node is null || again ? 0 : next is null ? to - from : Math.Max(0, Math.Min(to, node.End) - Math.Max(from, node.Start));
        if (node is not null)
        {
            node.CriticalNanos += own;
        }

        if (next is not null && to - from > own)
        {
            next.WaitedNanos += to - from - own;
            next.Repeats = again ? before : null;
        }
    }

    /// <param name="Node">Whose children are walked; nothing: the roots.</param>
    /// <param name="From">What lies before belongs to others.</param>
    /// <param name="Until">What lies behind has been told.</param>
    private readonly record struct Stretch(SpanNode? Node, long From, long Until);
}
