using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Routing;

/// <summary>The rule book. A change takes effect when it is saved, and the page says when that was and what was routed anew.</summary>
public sealed partial class RulesPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private RuleBook? _book;
    private Refusal? _refusal;
    private RuleDraft? _draft;
    private Guid? _editing;
    private RuleRow? _deleting;
    private RuleNotice? _said;
    private RoutingExplained? _explained;
    private string? _explainRefused;
    private string? _asked;
    private string? _fault;
    private IDisposable? _listening;
    private bool _busy;

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
            Close();
            var found = await sender.Send(new ShowCase(name, Actor));
            var answer = found.Value is { } view ? await sender.Send(new ExplainRouting(view.Case.Id, Actor)) : null;
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

    private void New()
    {
        (_editing, _draft, _fault) = (null, new RuleDraft(), null);
    }

    private void Edit(RuleRow rule) => (_editing, _draft, _fault) = (rule.Id, RuleDraft.Of(rule), null);

    private void Close() => (_editing, _draft, _fault) = (null, null, null);

    private async Task Save()
    {
        if (_draft!.ToBody() is not { } body)
        {
            _fault = _draft.Fault;
            return;
        }

        var answer = await Change(new SaveRule(_editing, body, Actor), _editing is null ? $"\"{body.Name}\" stands at the end of the book." : $"\"{body.Name}\" is saved.");
        if (answer.Accepted)
        {
            Close();
        }
        else
        {
            _fault = answer.Refusal.Message;
        }
    }

    private Task Move(RuleRow rule, int to) => Change(new MoveRule(rule.Id, to, Actor), $"\"{rule.Name}\" is number {to} now.");

    private Task Switch(RuleRow rule) =>
        Change(new SaveRule(rule.Id, RuleDraft.Of(rule).ToBody()! with { Disabled = !rule.Disabled }, Actor), $"\"{rule.Name}\" is {(rule.Disabled ? "on" : "off")}.");

    private async Task Delete()
    {
        var rule = _deleting!;
        await Change(new DeleteRule(rule.Id, Actor), $"\"{rule.Name}\" is deleted.");
        _deleting = null;
        if (_editing == rule.Id)
        {
            Close();
        }
    }

    private async Task<Outcome<RuleSaved>> Change(IRequest<Outcome<RuleSaved>> request, string done)
    {
        _busy = true;
        var answer = await sender.Send(request);
        _busy = false;
        _said = answer.Value is { } saved
            ? new RuleNotice("done", "", $"{done} In force since {reader.Local(reader.Now).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}; {Routed(saved.Routed)}.")
            : new RuleNotice("failx", "bad", answer.Refusal!.Message);
        await Load();
        return answer;
    }

    private static string Routed(int count) => count == 0 ? "nothing open had to move" : $"{Say.Count(count, "open exception")} routed anew";

    private string QueueLabel(string code) => _book?.Queues.FirstOrDefault(queue => queue.Code == code)?.Label ?? Words.Sentence(code);

    // Name and queue stand in columns of their own.
    private static string Conditions(RuleRow rule)
    {
        var said = rule.Says.StartsWith(rule.Name + ": ", StringComparison.Ordinal) ? rule.Says[(rule.Name.Length + 2)..] : rule.Says;
        var end = said.IndexOf(" → ", StringComparison.Ordinal);
        return end < 0 ? said : said[..end];
    }

    private static string Hours(double hours) => hours % 24 == 0 ? $"{hours / 24:0}d" : Say.Age(TimeSpan.FromHours(hours));

    private sealed record RuleNotice(string Icon, string Family, string Text);
}
