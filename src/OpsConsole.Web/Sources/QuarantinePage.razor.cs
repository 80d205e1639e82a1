using Microsoft.AspNetCore.Components;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>What was refused, by kind and one by one. Kinds and counts follow by themselves; the rows stay as they are until the reader asks.</summary>
public sealed partial class QuarantinePage(CircuitSender sender, LiveFeed feed, NavigationManager navigator) : ComponentBase, IDisposable
{
    private const int RowsShown = 25;
    private static readonly IReadOnlyList<(string, string)> s_path = [("Sources", "/sources")];

    private readonly Cursors _cursors = new();
    private IReadOnlyList<RefusedKindRow>? _kinds;
    private OpsConsole.Intake.QuarantinePage? _rows;
    private Refusal? _refusal;
    private IDisposable? _listening;
    private RefusedKindRow? _last;
    private (string?, RefusedKind?)? _filter;
    private long _news;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Fact { get; set; }

    /// <summary><c>open</c> when absent, or <c>all</c>.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    /// <summary><c>events</c> or <c>spans</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Of { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    [SupplyParameterFromQuery]
    public string? Field { get; set; }

    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    private RefusedKind? Kind => Source is not null && Of is not null && Reason is not null ? new RefusedKind(Source, Of, Reason, Field ?? "", Type ?? "") : null;

    private long Open => _kinds?.Sum(kind => (long)kind.Count) ?? 0;

    private bool CanMend => Actor.Can(Right.MendQuarantine);

    /// <summary>The kind that is chosen; one that was settled just now stays until another is chosen.</summary>
    private RefusedKindRow? Shown => Kind is { } kind ? _last = _kinds?.FirstOrDefault(row => row.Kind == kind) ?? (_last?.Kind == kind ? _last with { Count = 0 } : null) : null;

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Intake, TimeSpan.FromSeconds(1), _ => InvokeAsync(Follow));
        await LoadKinds();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_filter != (State, Kind))
        {
            _filter = (State, Kind);
            _cursors.Reset();
            await LoadRows();
        }
    }

    private async Task Load()
    {
        await LoadKinds();
        await LoadRows();
    }

    private async Task LoadKinds()
    {
        var kinds = await sender.Send(new ListRefusedKinds(Actor));
        (_kinds, _refusal) = (kinds.Value ?? _kinds, kinds.Refusal);
        StateHasChanged();
    }

    private async Task Follow()
    {
        await LoadKinds();
        if (_rows is not null && _cursors.From == 0 && await Ask(null, 1) is { } now)
        {
            _news = Math.Max(0, now.Total - _rows.Total);
            StateHasChanged();
        }
    }

    private async Task LoadRows()
    {
        (_rows, _news) = (await Ask(_cursors.After, RowsShown) ?? _rows, 0);
        StateHasChanged();
    }

    private async Task<OpsConsole.Intake.QuarantinePage?> Ask(string? after, int take) => (await sender.Send(new ListQuarantine(
        State is "all" ? null : QuarantineState.Open, Kind?.Reason, Kind?.Source, Kind?.Field, Kind?.Type, after, take, Actor))).Value;

    private Task Next()
    {
        _cursors.Next(_rows!.Next!, _rows.Items.Count);
        return LoadRows();
    }

    private Task Previous()
    {
        _cursors.Previous();
        return LoadRows();
    }

    private async Task Fold(string? id)
    {
        _refusal = (await sender.Send(new FoldParked(id, Actor))).Refusal;
        await LoadRows();
    }

    private string FactAddress(Guid? fact) => navigator.GetUriWithQueryParameter("fact", fact);

    private string Filtered(string? state) => navigator.GetUriWithQueryParameter("state", state);

    private string KindAddress(RefusedKind? kind) => navigator.GetUriWithQueryParameters("/sources/quarantine", new Dictionary<string, object?>
    {
        ["source"] = kind?.Source, ["of"] = kind?.Kind, ["reason"] = kind?.Reason, ["field"] = kind?.Field is { Length: > 0 } field ? field : null,
        ["type"] = kind?.Type is { Length: > 0 } type ? type : null, ["state"] = State,
    });
}
