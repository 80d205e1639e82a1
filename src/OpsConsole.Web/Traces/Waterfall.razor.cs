using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>Draws the rows that it is given, as far as they are in view; what is folded or chosen is its page's to know.</summary>
public sealed partial class Waterfall(IJSRuntime browser) : ComponentBase
{
    /// <summary>The bars end a little before the edge, so that the longest one's label has room.</summary>
    private const double Room = 0.92;

    /// <summary>In pixels at the browser's own text size (<c>.wf .r</c>); with another it is measured.</summary>
    private const float RowHeight = 25;

    /// <summary>Rows drawn beyond each edge, so that a turn of the wheel finds them there.</summary>
    private const int Overscan = 20;

    /// <summary>More rows are never in the page, however high the window.</summary>
    private const int MostDrawn = 200;

    private const int DeepestIndent = 12;

    private ElementReference _list;
    private List<double> _ticks = [];

    [Parameter, EditorRequired]
    public required List<WaterfallRow> Rows { get; set; }

    [Parameter, EditorRequired]
    public required double DurationMs { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Colors { get; set; }

    [Parameter]
    public SpanLine? Chosen { get; set; }

    [Parameter, EditorRequired]
    public required Folding Folding { get; set; }

    [Parameter]
    public EventCallback<SpanLine> Choose { get; set; }

    [Parameter]
    public EventCallback<SpanLine> Fold { get; set; }

    /// <summary>Scrolls to a row, though it may not be drawn yet.</summary>
    public async Task Show(int index) => await browser.InvokeVoidAsync("opsConsole.showRow", _list, index);

    protected override void OnParametersSet()
    {
        var step = Step(DurationMs);
        _ticks = [.. Enumerable.Range(0, 11).Select(i => i * step).Where(at => at <= DurationMs / Room * 0.95)];
    }

    /// <summary>A round step that gives four to ten marks.</summary>
    private static double Step(double duration)
    {
        if (duration <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(duration / 4)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => duration / (factor * power) <= 9.5);
    }

    private static string Label(double ms) => ms switch
    {
        0 => "0s",
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.##}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms:0.###}ms"),
    };

    private static string Bar(SpanLine span) => span.Failed ? "er" : span.Critical ? "cp" : "";

    private static string Indent(SpanLine span) => Chart.At(Math.Min(span.Depth, DeepestIndent));

    private double Share(double ms) => DurationMs <= 0 ? 0 : 100 * Room * ms / DurationMs;

    private string At(double ms) => Chart.At(Share(ms));

    private string LabelAt(WaterfallRow row) => At(LabelLeft(row) ? row.FromMs : row.FromMs + row.Ms);

    private bool LabelLeft(WaterfallRow row) => row.FromMs + row.Ms > DurationMs * 0.8 && row.FromMs > DurationMs * 0.25;
}
