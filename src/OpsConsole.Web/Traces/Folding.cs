using OpsConsole.Traces;

namespace OpsConsole.Web.Traces;

/// <summary>Which spans of a trace are folded: what is below them is not drawn. Kept by span id, so that it stays when more spans come.</summary>
public sealed class Folding
{
    private readonly HashSet<string> _folded = new(StringComparer.Ordinal);

    public bool IsFolded(SpanLine span) => span.Children > 0 && _folded.Contains(span.SpanId);

    public void Fold(SpanLine span) => _folded.Add(span.SpanId);

    public void Unfold(SpanLine span) => _folded.Remove(span.SpanId);

    public void UnfoldAll() => _folded.Clear();

    /// <summary>Shows so many levels and no more; one level is the roots alone.</summary>
    public void ToDepth(IReadOnlyList<SpanLine> spans, int levels)
    {
        _folded.Clear();
        _folded.UnionWith(spans.Where(span => span.Children > 0 && span.Depth >= levels - 1).Select(span => span.SpanId));
    }

    /// <summary>Unfolds the way to a span.</summary>
    /// <param name="spans">In tree order.</param>
    /// <param name="index">Of the span that is to be seen.</param>
    public void Reveal(IReadOnlyList<SpanLine> spans, int index)
    {
        for (var parent = ParentOf(spans, index); parent >= 0; parent = ParentOf(spans, parent))
        {
            _folded.Remove(spans[parent].SpanId);
        }
    }

    /// <summary>Where the parent stands: the nearest before it of lesser depth; -1 for a root.</summary>
    public static int ParentOf(IReadOnlyList<SpanLine> spans, int index)
    {
        var depth = spans[index].Depth;
        var at = index - 1;
        while (at >= 0 && spans[at].Depth >= depth)
        {
            at--;
        }

        return depth == 0 ? -1 : at;
    }
}
