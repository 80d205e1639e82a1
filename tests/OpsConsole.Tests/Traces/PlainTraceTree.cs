using System.Buffers.Binary;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>What a row of a trace's tree says.</summary>
internal sealed record PlainRow(SpanRead Span, SpanRead? Parent, int Depth, int Children, bool Orphan, long Self, long OnPath, long Waited, bool Critical);

/// <summary>A trace's tree as one would define it, without a thought of what it costs: recursive, and children are looked for among all spans.</summary>
internal sealed class PlainTraceTree
{
    private readonly List<SpanRead> _spans;
    private readonly Dictionary<SpanRead, SpanRead> _parents = [];
    private readonly HashSet<SpanRead> _orphans = [];
    private readonly Dictionary<SpanRead, long> _onPath = [];
    private readonly Dictionary<SpanRead, long> _waited = [];

    private PlainTraceTree(IEnumerable<SpanRead> spans) => _spans = [.. spans.OrderBy(span => span.StartNanos).ThenByDescending(span => span.EndNanos)];

    public static List<PlainRow> Of(IEnumerable<SpanRead> spans)
    {
        var tree = new PlainTraceTree(spans);
        tree.FindParents();
        tree._spans.ForEach(tree.CutCircle);
        tree.Walk(null, tree._spans[0].StartNanos, tree._spans.Max(End));
        return [.. tree.Children(null).SelectMany(root => tree.Rows(root, 0))];
    }

    private void FindParents()
    {
        foreach (var span in _spans.Where(span => span.ParentSpanId is not null))
        {
            if (_spans.Find(other => Number(other.SpanId) == Number(span.ParentSpanId!)) is { } parent)
            {
                _parents[span] = parent;
            }
            else
            {
                _orphans.Add(span);
            }
        }
    }

    private void CutCircle(SpanRead from)
    {
        var way = new HashSet<SpanRead>();
        for (var at = from; at is not null; at = _parents.GetValueOrDefault(at))
        {
            if (!way.Add(at))
            {
                _parents.Remove(at);
                _orphans.Add(at);
                return;
            }
        }
    }

    private List<SpanRead> Children(SpanRead? of) => _spans.FindAll(span => _parents.GetValueOrDefault(span) == of);

    private IEnumerable<PlainRow> Rows(SpanRead span, int depth)
    {
        var rows = Children(span).SelectMany(child => Rows(child, depth + 1)).ToList();
        var (own, wait) = (_onPath.GetValueOrDefault(span), _waited.GetValueOrDefault(span));
        return rows.Prepend(new PlainRow(
            span, _parents.GetValueOrDefault(span), depth, Children(span).Count, _orphans.Contains(span), Self(span), own, wait, own > 0 || wait > 0 || rows.Exists(row => row.Critical)));
    }

    private long Self(SpanRead span)
    {
        var (children, self) = (Children(span), 0L);
        for (var moment = span.StartNanos; moment < End(span); moment++)
        {
            self += children.Exists(child => child.StartNanos <= moment && moment < End(child)) ? 0 : 1;
        }

        return self;
    }

    private void Walk(SpanRead? span, long from, long until)
    {
        var (at, next) = (until, (SpanRead?)null);
        while (Last(span, from, until, at) is (var child, var end))
        {
            Spend(span, end, at, next);
            (at, next) = (Math.Max(child.StartNanos, from), child);
            Walk(child, at, end);
        }

        Spend(span, from, at, next);
    }

    // While the parent runs: who finished last of those that had finished when the next began; of the very last ones, who was cut by the end.
    // Behind the parent's end: who was active last, together with all below it, up to where the next began.
    private (SpanRead Child, long End)? Last(SpanRead? span, long from, long until, long at)
    {
        var behind = span is null || at > End(span);
        var last = Children(span)
            .Select(child => (Child: child, Ended: behind ? LastEnd(child) : End(child)))
            .Where(one => Math.Max(one.Child.StartNanos, from) < Math.Min(one.Ended, at))
            .Where(one => behind || at == until || one.Ended <= at)
            .OrderByDescending(one => Math.Min(one.Ended, until)).ThenByDescending(one => one.Child.StartNanos)
            .FirstOrDefault();
        return last.Child is null ? null : (last.Child, Math.Min(last.Ended, at));
    }

    // Moment by moment: the span's own while it runs, or while nothing comes after; else a wait of what comes after.
    private void Spend(SpanRead? span, long from, long to, SpanRead? next)
    {
        for (var moment = from; moment < to; moment++)
        {
            var runs = span is not null && (next is null || (span.StartNanos <= moment && moment < End(span)));
            var (spent, by) = runs ? (_onPath, span) : (_waited, next);
            if (by is not null)
            {
                spent[by] = spent.GetValueOrDefault(by) + 1;
            }
        }
    }

    private long LastEnd(SpanRead span) => Children(span).Select(LastEnd).Append(End(span)).Max();

    private static long End(SpanRead span) => Math.Max(span.EndNanos, span.StartNanos);

    private static ulong Number(byte[] id) => BinaryPrimitives.ReadUInt64BigEndian(id);
}
