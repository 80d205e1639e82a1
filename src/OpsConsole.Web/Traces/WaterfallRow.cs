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

/// <summary>One line of the waterfall: a span, or a wait in which nothing ran.</summary>
/// <param name="Span">The span; nothing for a wait.</param>
/// <param name="Depth">How far it is set in.</param>
/// <param name="FromMs">From the trace's start.</param>
/// <param name="Ms">How long.</param>
/// <param name="Wait">What was waited for.</param>
/// <param name="Inner">It has children on the page, so its bar is a thin bracket.</param>
public sealed record WaterfallRow(SpanLine? Span, int Depth, double FromMs, double Ms, string? Wait = null, bool Inner = false)
{
    public static IReadOnlyList<WaterfallRow> Arrange(TraceDetails trace, TraceView view, IReadOnlySet<string> folded)
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

            foldedAt = folded.Contains(span.SpanId) ? span.Depth : int.MaxValue;
            if (span.WaitedFor is { } wait && span.WaitedMs >= trace.DurationMs * 0.005)
            {
                rows.Add(new WaterfallRow(null, span.Depth, span.StartMs - span.WaitedMs, span.WaitedMs, wait));
            }

            rows.Add(new WaterfallRow(span, span.Depth, span.StartMs, span.DurationMs, null, span.Children > 0));
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
