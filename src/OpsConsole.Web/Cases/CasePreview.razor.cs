using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>The pane at the right of the worklist. It follows the cursor a moment later, so that holding j down asks for nothing.</summary>
public sealed partial class CasePreview(CircuitSender sender, LiveFeed feed, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(140);

    private CancellationTokenSource _asking = new();
    private (Guid Id, int Version) _shown;
    private CaseView? _view;
    private string? _notice;
    private bool _cause;
    private bool _busy;

    [Parameter, EditorRequired]
    public required CaseRow Row { get; set; }

    [Parameter, EditorRequired]
    public required string Currency { get; set; }

    /// <summary>Something was done to it here.</summary>
    [Parameter]
    public EventCallback Acted { get; set; }

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private CaseChoice? Claim => _view?.Choices.FirstOrDefault(choice => choice.Action is CaseAction.Claim);

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Row.Id, Row.Version))
        {
            return;
        }

        var another = _shown.Id != Row.Id;
        _shown = (Row.Id, Row.Version);
        _notice = another ? null : _notice;
        await _asking.CancelAsync();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        var asking = _asking.Token;
        try
        {
            if (another && _view is not null)
            {
                await Task.Delay(s_moment, clock, asking);
            }

            await Read(another, asking);
        }
        catch (OperationCanceledException)
        {
            // The cursor went on; the next row asks for itself.
        }
    }

    // A row that changed under the cursor did so for everybody who has it there. What they share may be older than what this reader has just done.
    private async Task Read(bool another, CancellationToken asking)
    {
        var answer = await sender.Send(new ShowCase(Row.Name, Actor) { Heard = another ? null : feed.Round }, asking);
        if (answer.Value is { } shared && shared.Case.Version < Row.Version)
        {
            answer = await sender.Send(new ShowCase(Row.Name, Actor), asking);
        }

        _view = answer.Value ?? _view;
    }

    private async Task Take()
    {
        _busy = true;
        var answer = await sender.Send(new ClaimCase(Row.Id, null, "from the worklist", Actor));
        (_busy, _notice) = (false, answer.Refusal?.Message);
        await Acted.InvokeAsync();
    }
}
