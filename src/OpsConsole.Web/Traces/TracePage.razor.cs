using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>One trace: where the time went, what failed, and what it meant for the business.</summary>
public sealed partial class TracePage
{
    /// <summary>A trace of up to this many spans is shown whole from the start.</summary>
    private const int SmallTrace = 24;

    private static readonly (string, string)[] s_depths = [.. Enumerable.Range(1, 8).Select(depth => ($"{depth}", $"{depth}"))];

    private Folding _folding = new();
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private IReadOnlyList<TraceGap> _gaps = [];
    private List<WaterfallRow> _rows = [];
    private TraceDetails? _found;
    private SpanLine? _chosen;
    private SpanLine? _opened;
    private TraceView? _view;
    private Waterfall? _waterfall;
    private string _sentence = "";
    private string? _asked;
    private string? _depth;
    private int _spansShown;
    private int _onPath;
    private int? _reveal;

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
            ["j"] = () => Act(() => Step(1)),
            ["k"] = () => Act(() => Step(-1)),
            ["ArrowDown"] = () => Act(() => Step(1)),
            ["ArrowUp"] = () => Act(() => Step(-1)),
            ["ArrowLeft"] = () => Act(In),
            ["ArrowRight"] = () => Act(Out),
            ["e"] = () => Act(() => Error(1)),
            ["]"] = () => Act(() => Error(1)),
            ["["] = () => Act(() => Error(-1)),
            ["v"] = () => Act(Compare),
            ["Escape"] = () => Act(Close),
        };
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_reveal is { } index && _waterfall is not null)
        {
            _reveal = null;
            await _waterfall.Show(index);
        }
    }

    protected override async Task<Refusal?> Read()
    {
        var same = string.Equals(_found?.TraceId, TraceId, StringComparison.OrdinalIgnoreCase);
        var answer = await Sender.Send(new ShowTrace(TraceId, Actor, same ? _found : null), Leaving);
        if (answer.Value is not { } found)
        {
            _found = null;
            return answer.Refusal;
        }

        if (!same)
        {
            (_folding, _view, _chosen, _opened, _asked, _depth) = (new Folding(), null, null, null, null, null);
        }

        if (!ReferenceEquals(found.Spans, _found?.Spans))
        {
            Tell(found);
        }

        (_found, _sentence) = (found, TraceWords.Sentence(found));
        var asked = Address.Of(Navigator.Uri).Text("span");
        var first = asked is not null && asked != _asked ? found.Spans.FirstOrDefault(span => span.SpanId == asked) : same ? null : Deepest(found);
        _asked = asked;
        if (first is not null)
        {
            await Pick(first);
        }

        return null;
    }

    // What the page remembers of spans was read when other attributes were dots.
    private Task SeenAnew()
    {
        (_found, _opened) = (null, null);
        return Look();
    }

    private static SpanLine? Deepest(TraceDetails trace) => trace.Spans.Where(span => span.Failed).MaxBy(span => span.Depth);

    // All that is told of the spans is told once, here; drawing only looks it up.
    private void Tell(TraceDetails found)
    {
        // Colours by their share of the time, so that the bar above and the ticks below tell one story.
        _colors = Services.Of(found.Times.Where(share => !share.Wait).Select(share => share.Name).Concat(found.ByService.Select(share => share.Service)));
        _gaps = [.. found.Spans.Select(span => span.Gap).OfType<TraceGap>().OrderByDescending(gap => gap.Ms)];
        _onPath = found.Spans.Count(span => span.Critical);
        _chosen = _chosen is null ? null : found.Spans.FirstOrDefault(span => span.SpanId == _chosen.SpanId);
        _opened = _chosen is { Whole: false } ? _opened : _chosen;
        _view ??= found.Spans.Count <= SmallTrace ? TraceView.All : TraceView.Critical;
        _found = found;
        Arrange();
    }

    private void Arrange()
    {
        _rows = _found is null ? [] : WaterfallRow.Arrange(_found, _view ?? TraceView.All, _folding);
        _spansShown = _rows.Count(row => row.Gap is null);
    }

    private void Show(TraceView view)
    {
        _view = view;
        Arrange();
        _reveal = _chosen is null ? null : RowOf(_chosen);
    }

    private void ToDepth(string? depth)
    {
        _depth = depth;
        if (int.TryParse(depth, out var levels))
        {
            _folding.ToDepth(_found!.Spans, levels);
        }
        else
        {
            _folding.UnfoldAll();
        }

        Arrange();
    }

    private void Unfold()
    {
        (_depth, _view) = (null, TraceView.All);
        _folding.UnfoldAll();
        Arrange();
    }

    private void Fold(SpanLine span)
    {
        if (_folding.IsFolded(span))
        {
            _folding.Unfold(span);
        }
        else
        {
            _folding.Fold(span);
        }

        Arrange();
    }

    private Task Choose(SpanLine span) => _chosen?.SpanId == span.SpanId ? Close() : Pick(span);

    private Task Close()
    {
        (_chosen, _opened) = (null, null);
        return Task.CompletedTask;
    }

    private async Task Pick(SpanLine span)
    {
        (_chosen, _opened, _reveal) = (span, span, RowOf(span));
        if (span.Whole)
        {
            return;
        }

        // Of a long trace only what is drawn was read.
        StateHasChanged();
        var answer = await Sender.Send(new ShowSpan(TraceId, span.SpanId, Actor), Leaving);
        if (answer.Value is { } whole && ReferenceEquals(_chosen, span))
        {
            _opened = whole with
            {
                SelfMs = span.SelfMs, CriticalMs = span.CriticalMs, Critical = span.Critical, Gap = span.Gap, Depth = span.Depth, Children = span.Children, Orphan = span.Orphan,
            };
        }
    }

    private Task Step(int by)
    {
        var at = _chosen is null ? -1 : RowOf(_chosen) ?? -1;
        at = at < 0 && by < 0 ? _rows.Count : at;
        do
        {
            at += by;
        }
        while (at >= 0 && at < _rows.Count && _rows[at].Gap is not null);
        return at >= 0 && at < _rows.Count ? Pick(_rows[at].Span) : Task.CompletedTask;
    }

    // To the left: folds what is open, else goes to the parent.
    private Task In()
    {
        if (_chosen is not { } span)
        {
            return Task.CompletedTask;
        }

        if (span.Children > 0 && !_folding.IsFolded(span))
        {
            _folding.Fold(span);
            Arrange();
            return Pick(span);
        }

        var spans = _found!.Spans;
        var parent = Folding.ParentOf(spans, IndexOf(span));
        return parent < 0 ? Task.CompletedTask : Pick(spans[parent]);
    }

    // To the right: unfolds, then goes to the first child.
    private Task Out()
    {
        if (_chosen is not { Children: > 0 } span)
        {
            return Task.CompletedTask;
        }

        if (!_folding.IsFolded(span))
        {
            return Step(1);
        }

        _folding.Unfold(span);
        Arrange();
        return Pick(span);
    }

    // The next failed span after the chosen one, round the end, wherever it is folded away.
    private Task Error(int by)
    {
        if (_found is not { Errors: > 0 } found)
        {
            return Task.CompletedTask;
        }

        var (spans, count) = (found.Spans, found.Spans.Count);
        var at = _chosen is null ? by > 0 ? -1 : count : IndexOf(_chosen);
        for (var step = 0; step < count; step++)
        {
            at = (at + by + count) % count;
            if (spans[at].Failed)
            {
                _folding.Reveal(spans, at);
                Arrange();
                return Pick(spans[at]);
            }
        }

        return Task.CompletedTask;
    }

    private Task Compare()
    {
        Go(TraceUri.Twin(TraceId));
        return Task.CompletedTask;
    }

    private int? RowOf(SpanLine span) => _rows.FindIndex(row => row.Gap is null && row.Span.SpanId == span.SpanId && row.Span.StartMs.Equals(span.StartMs)) is >= 0 and var index ? index : null;

    private int IndexOf(SpanLine span)
    {
        var (spans, at) = (_found!.Spans, 0);
        while (at < spans.Count && (spans[at].SpanId != span.SpanId || !spans[at].StartMs.Equals(span.StartMs)))
        {
            at++;
        }

        return at;
    }

    private Task Act(Func<Task> act) => InvokeAsync(async () =>
    {
        await act();
        StateHasChanged();
    });
}
