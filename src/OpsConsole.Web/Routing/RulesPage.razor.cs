using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Routing;

/// <summary>The rule book in force, and why an exception is where it is.</summary>
public sealed partial class RulesPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private RuleBook? _book;
    private Refusal? _refusal;
    private RoutingExplained? _explained;
    private string? _explainRefused;
    private string? _asked;
    private IDisposable? _listening;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>The exception whose routing is to be explained: EX-20418.</summary>
    [SupplyParameterFromQuery]
    public string? Explain { get; set; }

    private Reader Reader => reader;

    private bool CanEdit => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(1), _ => InvokeAsync(Load));
        await Load();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == Explain)
        {
            return;
        }

        (_asked, _explained, _explainRefused) = (Explain, null, null);
        if (Explain is { Length: > 0 } name)
        {
            var found = await sender.Send(new FindCase(name, Actor));
            var answer = found.Value is { } row ? await sender.Send(new ExplainRouting(row.Id, Actor)) : null;
            (_explained, _explainRefused) = (answer?.Value, found.Refusal?.Message ?? answer?.Refusal?.Message);
        }
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListRules(Actor));
        (_book, _refusal) = (answer.Value ?? _book, answer.Refusal);
        StateHasChanged();
    }

    private void AskFor(string name) => navigator.NavigateTo($"/rules?explain={Uri.EscapeDataString(name)}");

    private string QueueLabel(string code) => _book?.Queues.FirstOrDefault(queue => queue.Code == code)?.Label ?? Words.Sentence(code);
}
