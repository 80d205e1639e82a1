using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>Causes, not only cases: what gathers, what it is worth, since when.</summary>
public sealed partial class CausesPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private const int Most = 100;

    private CauseList? _list;
    private Refusal? _refusal;
    private IReadOnlyList<string> _units = [];
    private IDisposable? _listening;
    private string? _shown;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Unit { get; set; }

    private Reader Reader => reader;

    public void Dispose() => _listening?.Dispose();

    protected override void OnInitialized() =>
        _listening = feed.Listen(
            news => news.Topic == LiveTopic.Cases && (news.Unit is null || Actor.Scope.Covers(news.Unit)), TimeSpan.FromSeconds(3), _ => InvokeAsync(Load));

    protected override async Task OnParametersSetAsync()
    {
        if (_list is null || _shown != Unit)
        {
            _shown = Unit;
            await Load();
        }
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListCauses(Unit, null, Most, Actor));
        (_list, _refusal) = (answer.Value ?? _list, answer.Refusal);
        _units = [.. _units.Union(_list?.Items.SelectMany(cause => cause.Units) ?? []).Order(StringComparer.Ordinal)];
        StateHasChanged();
    }

    private void Go(string? unit) => navigator.NavigateTo(unit is null ? "/causes" : $"/causes?unit={Uri.EscapeDataString(unit)}");

    private double Share(CauseRow cause) => _list!.Items.Sum(other => other.AtRisk) is var sum and > 0 ? (double)(cause.AtRisk / sum) : 0;
}
