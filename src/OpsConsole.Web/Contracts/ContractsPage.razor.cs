using Microsoft.AspNetCore.Components;
using OpsConsole.Contracts;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Contracts;

/// <summary>What payloads must be: read, published as versions, compared, put in force, and tried on a pasted sample.</summary>
public sealed partial class ContractsPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator) : ComponentBase, IDisposable
{
    private static readonly IReadOnlyList<(string, string)> s_path = [("Contracts", "/contracts")];

    private IReadOnlyList<ContractView>? _contracts;
    private ContractDetails? _open;
    private ContractDraft? _draft;
    private Refusal? _refusal;
    private TriedContract? _tried;
    private IDisposable? _listening;
    private string? _shown;
    private string? _fault;
    private string? _notice;
    private bool _busy;

    [Parameter]
    public string? Name { get; set; }

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private bool CanManage => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized() =>
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));

    protected override async Task OnParametersSetAsync()
    {
        if (_contracts is not null && _shown == Name)
        {
            return;
        }

        if (_shown != Name)
        {
            (_open, _draft, _tried, _fault, _notice) = (null, null, null, null, null);
        }

        _shown = Name;
        await Load();
    }

    // News brings the list and the versions up to date; what is being written stays.
    private async Task Load()
    {
        var answer = await sender.Send(new ListContracts(Actor));
        (_contracts, _refusal) = (answer.Value ?? _contracts, answer.Refusal);
        if (Name is { } name)
        {
            var shown = await sender.Send(new ShowContract(name, Actor));
            (_open, _refusal) = (shown.Value ?? _open, _refusal ?? shown.Refusal);
            _draft ??= _open is null ? null : ContractDraft.Of(_open);
        }

        StateHasChanged();
    }

    private void New()
    {
        (_open, _tried, _fault, _notice) = (null, null, null, null);
        _draft = new ContractDraft();
    }

    private async Task Publish()
    {
        _busy = true;
        var answer = await sender.Send(new SetContract(_draft!.Name.Trim(), _draft.Body(), _draft.Seen, Actor));
        (_busy, _fault, _notice) = (false, answer.Refusal?.Message, null);
        if (answer.Value is not { } set)
        {
            return;
        }

        (_notice, _draft.Seen) = ($"Version {set.Version} is in force. Open repairs are checked by it from now on.", set.Latest);
        await Load();
        if (Name != set.Name)
        {
            (_shown, Name) = (set.Name, set.Name);
            navigator.NavigateTo($"/contracts/{set.Name}");
            await Load();
        }
    }

    private async Task PutInForce(int version)
    {
        _busy = true;
        var answer = await sender.Send(new PutInForce(Name!, version, Actor));
        (_busy, _fault) = (false, answer.Refusal?.Message);
        if (answer.Accepted)
        {
            _draft = null;
            _notice = $"Version {version} is in force.";
            await Load();
        }
    }

    private async Task Try(string sample)
    {
        _busy = true;
        var answer = await sender.Send(new TryContract(Name ?? "", null, _draft!.Schema, sample, Actor));
        (_busy, _tried, _fault) = (false, answer.Value, answer.Refusal?.Message);
    }

    private static string ForSaid(ContractSubject subject) =>
        string.Join(", ", new[] { subject.Target, subject.EventType, subject.ObjectType, subject.Operation }.Where(part => part is not null));

    private static string FieldsSaid(ContractView contract)
    {
        var fields = PayloadSchema.Read(contract.Schema.GetRawText()).Value?.Fields ?? [];
        var open = fields.Count(field => field.Tags.Changeable is true);
        return $"{Say.Count(fields.Count)}, {Say.Count(open)} changeable";
    }
}
