using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>Causes, not only cases: what gathers, what it is worth, since when, what sets it apart; and work on all of it at once.</summary>
public sealed partial class CausesPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader, IJSRuntime browser) : ComponentBase, IDisposable
{
    private const int Most = 100;

    private readonly HashSet<string> _ticked = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private CauseList? _list;
    private IReadOnlyList<CauseMoveRow> _moves = [];
    private Refusal? _refusal;
    private CaseNotice? _notice;
    private Guid? _undo;
    private IReadOnlyList<string> _units = [];
    private IDisposable? _listening;
    private (string?, string?)? _shown;
    private (CauseRow Cause, CausePart Part, string Value)? _splitting;
    private bool _merging;
    private int _cursor;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Unit { get; set; }

    /// <summary>A search in the words of <see cref="CaseVocabulary"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    private Reader Reader => reader;

    private CauseRow? At => _list is { } list && _cursor >= 0 && _cursor < list.Items.Count ? list.Items[_cursor] : null;

    private IReadOnlyList<CauseRow> Ticked => [.. _list!.Items.Where(cause => _ticked.Contains(cause.Fingerprint))];

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized()
    {
        _keys = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
        {
            ["j"] = () => Step(1),
            ["k"] = () => Step(-1),
            ["ArrowDown"] = () => Step(1),
            ["ArrowUp"] = () => Step(-1),
            ["Enter"] = () => With(cause => navigator.NavigateTo(new WorklistFilter { Cause = cause.Fingerprint }.ToUri())),
            ["x"] = () => With(Tick),
        };
        _listening = feed.Listen(
            news => news.Topic == LiveTopic.Cases && (news.Unit is null || Actor.Scope.Covers(news.Unit)), TimeSpan.FromSeconds(3), _ => InvokeAsync(Load));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Unit, Q))
        {
            _shown = (Unit, Q);
            await Load();
        }
    }

    // The cursor stays on its cause, wherever that stands now.
    private async Task Load()
    {
        var answer = await sender.Send(new ListCauses(Unit, null, Most, Actor) { Query = Q });
        var pointed = At?.Fingerprint;
        (_list, _refusal) = (answer.Value ?? _list, answer.Refusal);
        _cursor = _list?.Items.ToList().FindIndex(cause => cause.Fingerprint == pointed) is { } found and >= 0 ? found : Math.Clamp(_cursor, 0, Math.Max(0, (_list?.Items.Count ?? 0) - 1));
        _ticked.IntersectWith(_list?.Items.Select(cause => cause.Fingerprint) ?? []);
        _units = [.. _units.Union(_list?.Items.SelectMany(cause => cause.Units) ?? []).Order(StringComparer.Ordinal)];
        _moves = (await sender.Send(new ListCauseMoves(Actor))).Value?.Items ?? _moves;
        StateHasChanged();
    }

    private void Go(string? unit, string? query) => navigator.NavigateTo(Address.To("/causes", ("unit", unit), ("q", query)));

    private void Tick(CauseRow cause)
    {
        if (!_ticked.Remove(cause.Fingerprint))
        {
            _ticked.Add(cause.Fingerprint);
        }
    }

    private async Task Merge((string Into, string Reason) decided)
    {
        _merging = false;
        Tell(await sender.Send(new MergeCauses([.. _ticked], decided.Into, decided.Reason, Actor)), moved => $"{Say.Count(moved.Exceptions, "exception")} moved: the causes are one now.");
        _ticked.Clear();
        await Load();
    }

    private async Task Split((string Name, string Reason) decided)
    {
        var (cause, part, value) = _splitting!.Value;
        _splitting = null;
        Tell(await sender.Send(new SplitCause(cause.Fingerprint, part, value, decided.Name, decided.Reason, Actor)), moved => $"{Say.Count(moved.Exceptions, "exception")} are a cause of their own now.");
        await Load();
    }

    private async Task TakeBack(Guid move)
    {
        Tell(await sender.Send(new UndoCauseMove(move, Actor)), moved => $"Taken back: {Say.Count(moved.Exceptions, "exception")} stand where they did.");
        _undo = null;
        await Load();
    }

    private void Tell(Outcome<CausesMoved> answer, Func<CausesMoved, string> done)
    {
        _notice = answer.Value is { } moved ? new CaseNotice("done", "", done(moved)) : CaseNotice.Refused(answer.Refusal!);
        _undo = answer.Value is { Moves: [var one] } ? one : null;
    }

    private async Task Step(int by)
    {
        _cursor = Math.Clamp(_cursor + by, 0, Math.Max(0, (_list?.Items.Count ?? 0) - 1));
        StateHasChanged();
        if (At is { } cause)
        {
            await browser.InvokeVoidAsync("opsConsole.reveal", $"cause-{cause.Fingerprint}");
        }
    }

    private Task With(Action<CauseRow> act)
    {
        if (At is { } cause)
        {
            act(cause);
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private double Share(CauseRow cause) => _list!.Items.Sum(other => other.AtRisk) is var sum and > 0 ? (double)(cause.AtRisk / sum) : 0;
}
