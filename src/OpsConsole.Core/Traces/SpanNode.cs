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

    /// <summary>How long the critical path stood still before it: its parent had ended, or the attempt before it had failed. <see cref="GapNames"/> says why. Nanoseconds.</summary>
    public long WaitedNanos { get; internal set; }

    /// <summary>The failed attempt that this one repeats, when the path waited between the two.</summary>
    public SpanNode? Repeats { get; internal set; }

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
