using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Home;

/// <summary>
/// Where somebody lands: stewards and approvers see what is theirs, what it is worth and what is due; who only reads the board goes there;
/// support goes to the search.
/// </summary>
public sealed partial class HomePage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private const int Most = 12;

    private QueueTabList? _tabs;
    private IReadOnlyList<CaseRow>? _urgent;
    private IReadOnlyList<CauseRow> _causes = [];
    private Refusal? _refusal;
    private IDisposable? _listening;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private string Greeting => reader.Local(reader.Now).Hour switch { < 11 => $"Good morning, {FirstName}", < 18 => $"Good day, {FirstName}", _ => $"Good evening, {FirstName}" };

    private string FirstName => Actor.Name.Split(' ')[0];

    private string Headline => _tabs switch
    {
        { Held.Count: > 0 } tabs => $"You hold {Say.Count(tabs.Held.Count, "exception")} worth {new Money(tabs.Held.AtRisk, tabs.Currency)}{(tabs.Held.Overdue > 0 ? $", {tabs.Held.Overdue} overdue" : "")}.",
        { All.Count: > 0 } tabs => $"You hold nothing; {Say.Count(tabs.All.Count, "exception waits", "exceptions wait")} in your units.",
        _ => "Nothing that was received waits for you.",
    };

    private string Below => Say.Where(Actor.Scope);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (Elsewhere() is { } there)
        {
            navigator.NavigateTo(there, replace: true);
            return;
        }

        _listening = feed.Listen(
            news => news.Topic == LiveTopic.Cases && (news.Unit is null || Actor.Scope.Covers(news.Unit)), TimeSpan.FromSeconds(3), _ => InvokeAsync(Load));
        await Load();
    }

    // Who neither works on exceptions nor approves nor manages comes for the board or with a business key.
    private string? Elsewhere() =>
        Actor.Can(Right.WorkCases) || Actor.Can(Right.Approve) || Actor.Can(Right.ManageRules) ? null
        : Actor.Can(Right.ReadSources) ? "/search"
        : Actor.Can(Right.ReadBoard) ? "/board" : null;

    private async Task Load()
    {
        var tabs = await sender.Send(new QueueTabs(Actor));
        (_tabs, _refusal) = (tabs.Value ?? _tabs, tabs.Refusal);
        if (_tabs is null)
        {
            return;
        }

        var filter = new WorklistFilter { Mine = _tabs.Held.Count > 0 };
        _urgent = (await sender.Send(new ListCases(filter.ToCases(Actor.Id), CaseSort.Due, null, Most, Actor))).Value?.Items ?? _urgent ?? [];
        _causes = (await sender.Send(new ListCauses(null, null, 6, Actor))).Value?.Items ?? _causes;
        StateHasChanged();
    }
}
