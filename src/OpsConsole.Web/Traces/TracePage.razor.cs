using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Traces;

namespace OpsConsole.Web.Traces;

/// <summary>One trace: where the time went, what failed, and what it meant for the business.</summary>
public sealed partial class TracePage
{
    /// <summary>A trace of up to this many spans is shown whole from the start.</summary>
    private const int SmallTrace = 24;

    private readonly HashSet<string> _folded = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private IReadOnlyList<WaterfallRow> _rows = [];
    private TraceDetails? _found;
    private SpanLine? _chosen;
    private TraceView? _view;

    [Parameter]
    public string TraceId { get; set; } = "";

    protected override bool Follows => true;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Traces, LiveTopic.Cases];

    private IEnumerable<(TraceView View, string Word, int? Count)> Views =>
        [(TraceView.Critical, "Critical path", null), (TraceView.All, "All spans", null), (TraceView.Errors, "Errors", _found?.Errors)];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _keys = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
        {
            ["j"] = () => Step(1, _ => true),
            ["k"] = () => Step(-1, _ => true),
            ["ArrowDown"] = () => Step(1, _ => true),
            ["ArrowUp"] = () => Step(-1, _ => true),
            ["]"] = () => Step(1, span => span.Failed),
            ["["] = () => Step(-1, span => span.Failed),
            ["Escape"] = () => Then(() => _chosen = null),
        };
    }

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new ShowTrace(TraceId, Actor), Leaving);
        if (answer.Value is not { } found)
        {
            _found = null;
            return answer.Refusal;
        }

        // Colours by their share of the time, so that the bar above and the ticks below tell one story.
        _colors = Services.Of(found.Times.Where(share => !share.Wait).Select(share => share.Name).Concat(found.Spans.Select(span => span.Service)));
        _chosen = _found is null
            ? found.Spans.Where(span => span.Failed).MaxBy(span => span.Depth)
            : found.Spans.FirstOrDefault(span => span.SpanId == _chosen?.SpanId);
        _view ??= found.Spans.Count <= SmallTrace ? TraceView.All : TraceView.Critical;
        _found = found;
        Arrange();
        return null;
    }

    private void Arrange() => _rows = _found is null ? [] : WaterfallRow.Arrange(_found, _view ?? TraceView.All, _folded);

    private void Show(TraceView view)
    {
        _view = view;
        Arrange();
    }

    private void Unfold()
    {
        _folded.Clear();
        Show(TraceView.All);
    }

    private void Fold(SpanLine span)
    {
        if (!_folded.Remove(span.SpanId))
        {
            _folded.Add(span.SpanId);
        }

        Arrange();
    }

    private void Choose(SpanLine span) => _chosen = _chosen?.SpanId == span.SpanId ? null : span;

    private Task Step(int by, Func<SpanLine, bool> wanted) => Then(() =>
    {
        var spans = _rows.Select(row => row.Span).OfType<SpanLine>().ToList();
        var at = _chosen is null ? by > 0 ? -1 : spans.Count : spans.FindIndex(span => span.SpanId == _chosen.SpanId);
        for (at += by; at >= 0 && at < spans.Count; at += by)
        {
            if (wanted(spans[at]))
            {
                _chosen = spans[at];
                return;
            }
        }
    });

    private Task Then(Action act) => InvokeAsync(() =>
    {
        act();
        StateHasChanged();
    });
}
