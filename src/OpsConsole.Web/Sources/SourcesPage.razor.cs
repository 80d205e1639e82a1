using Microsoft.AspNetCore.Components;
using OpsConsole.Intake;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>Who sends, how much, and what could not be read. Figures follow by themselves; the quarantine stays as it is until the reader asks.</summary>
public sealed partial class SourcesPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator) : ComponentBase, IDisposable
{
    private const int RowsShown = 25;

    private readonly Cursors _cursors = new();
    private IReadOnlyList<SourceView>? _sources;
    private IntakeFigures? _figures;
    private QuarantinePage? _quarantine;
    private Refusal? _refusal;
    private SourceDraft? _draft;
    private NewKey? _newKey;
    private IDisposable? _listening;
    private string? _draftFault;
    private string? _fault;
    private (string?, string?)? _filter;
    private long _news;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Fact { get; set; }

    /// <summary><c>open</c> when absent, or <c>all</c>.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    private bool Keys => Tab is "keys";

    private bool CanManage => Actor.Can(Right.ManageSources);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Intake, TimeSpan.FromSeconds(1), _ => InvokeAsync(Follow));
        await Load();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_filter != (State, Reason))
        {
            _filter = (State, Reason);
            _cursors.Reset();
            await LoadQuarantine();
        }

        if (Fact is not null)
        {
            Close();
        }
    }

    private async Task Load()
    {
        var sources = await sender.Send(new ListSources(Actor));
        var figures = await sender.Send(new ShowIntake(Actor));
        (_sources, _figures, _refusal) = (sources.Value ?? _sources, figures.Value ?? _figures, sources.Refusal ?? figures.Refusal);
        StateHasChanged();
    }

    private async Task Follow()
    {
        await Load();
        if (_quarantine is not null && _cursors.From == 0 && await Ask(null, 1) is { } now)
        {
            _news = Math.Max(0, now.Total - _quarantine.Total);
            StateHasChanged();
        }
    }

    private async Task LoadQuarantine()
    {
        (_quarantine, _news) = (await Ask(_cursors.After, RowsShown) ?? _quarantine, 0);
        StateHasChanged();
    }

    private async Task<QuarantinePage?> Ask(string? after, int take) =>
        (await sender.Send(new ListQuarantine(State is "all" ? null : QuarantineState.Open, Reason, null, null, null, after, take, Actor))).Value;

    private Task Next()
    {
        _cursors.Next(_quarantine!.Next!, _quarantine.Items.Count);
        return LoadQuarantine();
    }

    private Task Previous()
    {
        _cursors.Previous();
        return LoadQuarantine();
    }

    private void New() => Begin(new SourceDraft());

    private void Edit(SourceView source) => Begin(SourceDraft.Of(source));

    private void Begin(SourceDraft draft)
    {
        (_draft, _draftFault, _newKey, _fault) = (draft, null, null, null);
        if (Fact is not null)
        {
            navigator.NavigateTo(Address(Tab));
        }
    }

    private void Close() => (_draft, _draftFault) = (null, null);

    private async Task Save()
    {
        _busy = true;
        var answer = await sender.Send(_draft!.ToRequest(Actor));
        (_busy, _draftFault) = (false, answer.Refusal?.Message);
        if (answer.Accepted)
        {
            Close();
            await Load();
        }
    }

    private async Task MakeKey(SourceView source)
    {
        Close();
        var answer = await sender.Send(new CreateKey(source.Id, null, Actor));
        (_newKey, _fault) = (answer.Value, answer.Refusal?.Message);
        await Load();
    }

    private async Task Revoke(KeyView key)
    {
        var answer = await sender.Send(new RevokeKey(key.Id, Actor));
        _fault = answer.Refusal?.Message;
        await Load();
    }

    private async Task Settled()
    {
        await Load();
        await LoadQuarantine();
    }

    private string Address(string? tab) => navigator.GetUriWithQueryParameters("/sources", new Dictionary<string, object?> { ["tab"] = tab });

    private string FactAddress(Guid? fact) => navigator.GetUriWithQueryParameter("fact", fact);

    private string FilterAddress(string? state, string? reason) =>
        navigator.GetUriWithQueryParameters("/sources", new Dictionary<string, object?> { ["state"] = state, ["reason"] = reason });
}
