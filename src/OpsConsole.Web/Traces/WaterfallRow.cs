using OpsConsole.Traces;

namespace OpsConsole.Web.Traces;

/// <summary>Which spans of a trace are drawn.</summary>
public enum TraceView
{
    /// <summary>Those that the duration went through, and every failed one.</summary>
    Critical,
    All,

    /// <summary>Failed ones and the way to them.</summary>
    Errors,
}

/// <summary>One line of the waterfall: a span, or a gap in which nothing ran.</summary>
/// <param name="Index">Its place among the lines, from 0.</param>
/// <param name="Span">The span; of a gap the one that it ends with.</param>
/// <param name="Gap">What was waited for; nothing for a span's own line.</param>
/// <param name="Inner">It has children, so its bar is a thin bracket while they are shown.</param>
public sealed record WaterfallRow(int Index, SpanLine Span, TraceGap? Gap = null, bool Inner = false)
{
    /// <summary>A gap of less than this share of the trace is no line of its own.</summary>
    private const double LeastGap = 0.005;

    /// <summary>From the trace's start.</summary>
    public double FromMs => Gap?.FromMs ?? Span.StartMs;

    public double Ms => Gap?.Ms ?? Span.DurationMs;

    /// <summary>The lines of a trace. Computed when the trace, the view or the folds change, never while a page draws.</summary>
    public static List<WaterfallRow> Arrange(TraceDetails trace, TraceView view, Folding folding)
    {
        var wanted = Wanted(trace.Spans, view);
        var rows = new List<WaterfallRow>();
        var foldedAt = int.MaxValue;
        for (var i = 0; i < trace.Spans.Count; i++)
        {
            var span = trace.Spans[i];
            if (span.Depth > foldedAt || !wanted[i])
            {
                continue;
            }

            foldedAt = folding.IsFolded(span) ? span.Depth : int.MaxValue;
            if (span.Gap is { } gap && gap.Ms >= trace.DurationMs * LeastGap)
            {
                rows.Add(new WaterfallRow(rows.Count, span, gap));
            }

            rows.Add(new WaterfallRow(rows.Count, span, Inner: span.Children > 0));
        }

        return rows;
    }

    // The rows are in tree order, so the parents of a wanted span are the nearest rows above it of lesser depth.
    private static bool[] Wanted(IReadOnlyList<SpanLine> spans, TraceView view)
    {
        var wanted = new bool[spans.Count];
        var needed = int.MinValue;
        for (var i = spans.Count - 1; i >= 0; i--)
        {
            var span = spans[i];
            wanted[i] = view is TraceView.All || span.Failed || (view is TraceView.Critical && span.Critical) || span.Depth < needed;
            needed = wanted[i] ? span.Depth : Math.Min(needed, span.Depth + 1);
        }

        return wanted;
    }
}
