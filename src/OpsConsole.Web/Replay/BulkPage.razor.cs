using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Replay.Bulks;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Replay;

/// <summary>One bulk: what was selected, what the preview says, how far it is, and what became of each item; live, and steered from here.</summary>
public sealed partial class BulkPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private const int PageSize = 50;
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);

    private readonly Cursors _cursors = new();
    private BulkView? _bulk;
    private Page<BulkItemRow>? _items;
    private Refusal? _refusal;
    private BulkItemFilter? _only;
    private IDisposable? _listening;
    private (DateTimeOffset At, int Done)? _before;
    private double? _pace;
    private string? _said;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized() =>
        _listening = feed.Listen(news => (news.Topic == LiveTopic.Bulks && news.Subject == Id) || (news.Topic == LiveTopic.Cases && IsMoving), s_calm, _ => InvokeAsync(Look));

    protected override async Task OnParametersSetAsync()
    {
        (_bulk, _items, _before, _pace, _only) = (null, null, null, null, null);
        _cursors.Reset();
        await Load();
    }

    private bool IsMoving => _bulk is { State: BulkState.Running or BulkState.Paused or BulkState.Stopped } || _bulk is { Progress.Outstanding: > 0 };

    private async Task Look()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ShowBulk(Id, Actor));
        _refusal = _bulk is null ? answer.Refusal : null;
        if (answer.Value is { } bulk)
        {
            Show(bulk);
            _items = (await sender.Send(new ListBulkItems(Id, _only, _cursors.After, PageSize, Actor))).Value ?? _items;
        }
    }

    private void Show(BulkView bulk)
    {
        var done = bulk.Total - bulk.Progress.Pending - bulk.Progress.OnTheWay;
        if (_before is { } before && reader.Now - before.At > TimeSpan.FromMilliseconds(500))
        {
            _pace = bulk.State is BulkState.Running ? Math.Max(0, (done - before.Done) / (reader.Now - before.At).TotalSeconds) : null;
            _before = (reader.Now, done);
        }

        _before ??= (reader.Now, done);
        _bulk = bulk;
    }

    private Task Begin((BulkSettings Settings, bool Ask) how) => Do(new StartBulk(Id, _bulk!.Version, how.Settings, how.Ask, Actor));

    private async Task Do(IRequest<Outcome<BulkView>> step)
    {
        _busy = true;
        var answer = await sender.Send(step);
        (_busy, _said) = (false, answer.Refusal?.Message);
        if (answer.Value is { } bulk && bulk.Id != Id)
        {
            navigator.NavigateTo($"/bulks/{bulk.Id}");
            return;
        }

        await Look();
    }

    private async Task Pick(BulkItemFilter? only)
    {
        _only = only;
        _cursors.Reset();
        await Load();
    }

    private async Task NextPage()
    {
        if (_items?.Next is { } next)
        {
            _cursors.Next(next, _items.Items.Count);
            await Load();
        }
    }

    private async Task PreviousPage()
    {
        _cursors.Previous();
        await Load();
    }
}
