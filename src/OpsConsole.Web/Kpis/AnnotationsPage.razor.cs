using Microsoft.AspNetCore.Components;
using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>Releases and outages that charts remind of: read by everybody who reads the board, set by administrators and programs.</summary>
public sealed partial class AnnotationsPage(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private AnnotationList? _list;
    private Refusal? _refusal;
    private IDisposable? _listening;
    private AnnotationKind _kind;
    private string? _text;
    private DateTime? _from;
    private DateTime? _until;
    private string? _unit;
    private string? _notice;
    private bool _bad;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private bool May => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var now = reader.Local(reader.Now).DateTime;
        _from = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListAnnotations(null, null, null, Actor));
        (_list, _refusal) = (answer.Value ?? _list, answer.Refusal);
        StateHasChanged();
    }

    private async Task Save()
    {
        if (_from is not { } from)
        {
            (_notice, _bad) = ("Say when it began.", true);
            return;
        }

        _busy = true;
        var body = new AnnotationBody(_kind, _text, reader.At(from), _until is { } until ? reader.At(until) : null, _unit);
        var answer = await sender.Send(new SetAnnotation(null, body, Actor));
        (_busy, _bad) = (false, answer.Refusal is not null);
        _notice = answer.Refusal?.Message ?? $"{answer.Value!.Text} stands on the charts.";
        if (answer.Accepted)
        {
            (_text, _until) = (null, null);
            await Load();
        }
    }

    private async Task Remove(Guid id)
    {
        _busy = true;
        var answer = await sender.Send(new RemoveAnnotation(id, Actor));
        (_busy, _bad) = (false, answer.Refusal is not null);
        _notice = answer.Refusal?.Message ?? "It is off the charts.";
        await Load();
    }
}
