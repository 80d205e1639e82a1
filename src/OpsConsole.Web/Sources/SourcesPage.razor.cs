using Microsoft.AspNetCore.Components;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>Who sends, how much, who goes first and who was turned away. Figures follow by themselves.</summary>
public sealed partial class SourcesPage(CircuitSender sender, LiveFeed feed) : ComponentBase, IDisposable
{
    private IReadOnlyList<SourceView>? _sources;
    private IntakeFigures? _figures;
    private LanesView? _lanes;
    private HookSecret? _hookSecret;
    private Refusal? _refusal;
    private SourceDraft? _draft;
    private NewKey? _newKey;
    private IDisposable? _listening;
    private string? _draftFault;
    private string? _fault;
    private long _open;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    private bool Keys => Tab is "keys";

    private bool CanManage => Actor.Can(Right.ManageSources);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Intake, TimeSpan.FromSeconds(1), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var sources = await sender.Send(new ListSources(Actor));
        var figures = await sender.Send(new ShowIntake(Actor));
        var kinds = await sender.Send(new ListRefusedKinds(Actor));
        (_sources, _figures, _refusal) = (sources.Value ?? _sources, figures.Value ?? _figures, sources.Refusal ?? figures.Refusal);
        (_open, _lanes) = (kinds.Value?.Sum(kind => (long)kind.Count) ?? _open, (await sender.Send(new ShowLanes(Actor))).Value ?? _lanes);
        StateHasChanged();
    }

    private void New() => Begin(new SourceDraft());

    private void Edit(SourceView source) => Begin(SourceDraft.Of(source));

    private void Begin(SourceDraft draft) => (_draft, _draftFault, _newKey, _fault, _hookSecret) = (draft, null, null, null, null);

    private void Close() => (_draft, _draftFault, _hookSecret) = (null, null, null);

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

    private Task SetSecret((string? Secret, string Scheme) given) => Secret(new SetHookSecret(_draft!.Id!.Value, given.Secret, End: false, Actor) { Scheme = given.Scheme });

    private Task EndSecret() => Secret(new SetHookSecret(_draft!.Id!.Value, null, End: true, Actor));

    private async Task Secret(SetHookSecret request)
    {
        _busy = true;
        var answer = await sender.Send(request);
        (_busy, _hookSecret, _fault) = (false, answer.Value, answer.Refusal?.Message);
        await Load();
    }
}
