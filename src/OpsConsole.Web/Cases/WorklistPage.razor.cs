using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using OpsConsole.Cases;
using OpsConsole.Cases.Types;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>
/// The steward's list. It never moves under the hand: rows on screen follow what others do, in place; which rows there are, and in which
/// order, changes only when the reader asks.
/// </summary>
public sealed partial class WorklistPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader, IJSRuntime browser) : ComponentBase, IDisposable
{
    /// <summary>The most rows that are ticked together on the page.</summary>
    public const int MostSelected = 10_000;

    private const int PageSize = 50;

    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyList<(string Code, string Title)> s_types = [.. ExceptionCatalog.All.Select(type => (type.Code, type.Label))];
    private static readonly (string, string)[] s_hints = [("j k", "move"), ("Enter", "open"), ("x", "select"), ("c", "claim"), ("e", "repair"), ("f", "search"), ("n", "news"), ("?", "all keys")];

    private readonly Cursors _cursors = new();
    private readonly CaseSelection _selection = new();
    private readonly HashSet<Guid> _gone = [];
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private WorklistFilter _filter = new();
    private IReadOnlyList<WorklistColumn> _columns = WorklistColumn.Of(null);
    private QueueTabList? _tabs;
    private CasePage? _page;
    private List<CaseRow> _rows = [];
    private Refusal? _refusal;
    private ClaimedTogether? _outcome;
    private CaseAction? _asked;
    private IReadOnlyList<Assignee> _people = [];
    private TogetherRun? _run;
    private IReadOnlyList<string> _units = [];
    private DateTimeOffset _readAt;
    private IDisposable? _listening;
    private string _said = "";
    private long _latest;
    private int _new;
    private int _loads;
    private int _taken;
    private int _loading;
    private bool _missed;
    private int _cursor;
    private bool _preview = true;
    private bool _claiming;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private string Currency => _page?.Currency ?? _tabs?.Currency ?? "";

    private CaseRow? At => _cursor >= 0 && _cursor < _rows.Count ? _rows[_cursor] : null;

    private string? Progress => _run is { } run ? $"{Say.Count(run.Done)} of {Say.Count(run.Of)}" : null;

    private string? CauseSaid => _filter.Cause is null ? null : _rows.FirstOrDefault(row => row.Fingerprint == _filter.Cause)?.Cause;

    // A sum that leaves something out says so.
    private string? RatesSaid => (_rows.Max(row => row.RateDate), _page?.Unconverted) switch
    {
        (_, > 0 and var count) => $"{Say.Count(count)} without a known rate, not in the sums",
        ({ } day, _) => $"Rates of {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}",
        _ => null,
    };

    private string? PageTick => _rows.Count(row => _selection.Has(row.Id)) switch
    {
        0 => null,
        var ticked when ticked == _rows.Count => "on",
        _ => "some",
    };

    private string PageChecked => PageTick switch { null => "false", "on" => "true", _ => "mixed" };

    public void Dispose()
    {
        navigator.LocationChanged -= Moved;
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _keys = Keys();
        Take(WorklistFilter.Of(navigator.Uri));
        navigator.LocationChanged += Moved;
        _listening = feed.Listen(Concerns, s_calm, told => InvokeAsync(() => Follow(told)));
        await Load();
    }

    private Dictionary<string, Func<Task>> Keys() => new(StringComparer.Ordinal)
    {
        ["j"] = () => Step(1),
        ["k"] = () => Step(-1),
        ["ArrowDown"] = () => Step(1),
        ["ArrowUp"] = () => Step(-1),
        ["Enter"] = () => With(Open),
        ["x"] = () => With(Tick),
        ["c"] = () => _selection.Count > 0 ? ClaimSelected() : With(Claim),
        ["e"] = () => _selection.Count > 0 ? RepairSelected() : With(row => Go($"/exceptions/{row.Name}#repair")),
        ["n"] = Reload,
        ["]"] = () => Then(() => _preview = !_preview),
        ["Escape"] = () => Then(ClearSelection),
    };

    private bool Concerns(News news) => news.Topic == LiveTopic.Cases && (news.Unit is null || Actor.Scope.Covers(news.Unit));

    private void Moved(object? from, LocationChangedEventArgs to) => _ = InvokeAsync(async () =>
    {
        if (new Uri(to.Location).AbsolutePath == WorklistFilter.Path && WorklistFilter.Of(to.Location) is var filter && filter != _filter)
        {
            Take(filter);
            _cursors.Reset();
            await Load();
            StateHasChanged();
        }
    });

    private void Take(WorklistFilter filter) => (_filter, _columns) = (filter, WorklistColumn.Of(filter.Columns));

    private async Task Reload()
    {
        await Load();
        StateHasChanged();
    }

    private Task Go(WorklistFilter filter) => Go(filter.ToUri());

    private Task Go(string address) => Then(() => navigator.NavigateTo(address));

    private Task Open(CaseRow row) => Go($"/exceptions/{row.Name}");

    private async Task NextPage()
    {
        if (_page?.Next is { } next)
        {
            _cursors.Next(next, _rows.Count);
            _cursor = 0;
            await Load();
        }
    }

    private async Task PreviousPage()
    {
        _cursors.Previous();
        _cursor = 0;
        await Load();
    }

    private async Task Step(int by)
    {
        _cursor = Math.Clamp(_cursor + by, 0, Math.Max(0, _rows.Count - 1));
        StateHasChanged();
        if (At is { } row)
        {
            await browser.InvokeVoidAsync("opsConsole.reveal", _leaving.Token, $"case-{row.Number}");
        }
    }

    private void PointAt(CaseRow row) => _cursor = _rows.FindIndex(other => other.Id == row.Id);

    private Task Tick(CaseRow row) => Then(() => _selection.Toggle(row, reader.Now));

    private void TickPage() => _selection.TogglePage(_rows, reader.Now);

    private Task RepairSelected() => Go(RepairTogether.Of(_selection.Rows));

    private void ClearSelection() => _selection.Clear();

    // Whatever version it has by now: that routing set a deadline a moment ago is no reason to say no, and a colleague who was faster is.
    private async Task Claim(CaseRow row)
    {
        var answer = await sender.Send(new ClaimCase(row.Id, null, "from the worklist", Actor), _leaving.Token);
        _said = answer.Accepted ? $"You hold {row.Name}." : answer.Refusal.Message;
        if (!answer.Accepted)
        {
            _outcome = new ClaimedTogether([new ClaimedItem(row.Name, row.ObjectId, answer.Refusal.Message)]);
        }

        await Look();
    }

    private Task With(Func<CaseRow, Task> act) => At is { } row ? act(row) : Task.CompletedTask;

    private Task Then(Action act)
    {
        act();
        StateHasChanged();
        return Task.CompletedTask;
    }
}
