using Microsoft.AspNetCore.Components;
using OpsConsole.Approvals;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Approvals;

/// <summary>When a second person must approve, as rules that people read, with every version that they had.</summary>
public sealed partial class FourEyesRulesPage(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private FourEyesRules? _rules;
    private FourEyesRuleRow? _picked;
    private FourEyesRuleRow? _retiring;
    private FourEyesDraft? _draft;
    private Refusal? _refusal;
    private string? _said;
    private string? _fault;
    private IDisposable? _listening;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private bool CanEdit => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(1), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListFourEyesRules(Actor));
        (_rules, _refusal) = (answer.Value ?? _rules, answer.Refusal);
        _picked = _draft is null ? _rules?.Items.FirstOrDefault(rule => rule.Id == _picked?.Id) : _picked;
        StateHasChanged();
    }

    private void New() => (_picked, _draft, _fault) = (null, new FourEyesDraft(), null);

    private void Edit(FourEyesRuleRow rule) => (_picked, _draft, _fault) = (rule, FourEyesDraft.Of(rule), null);

    private void Pick(FourEyesRuleRow rule) => (_picked, _draft) = (rule, null);

    private void Close() => (_draft, _fault) = (null, null);

    // The version is the one that the form was filled from: who saves over another's change is told so.
    private async Task Save()
    {
        if (_draft!.ToBody() is not { } body)
        {
            _fault = _draft.Fault;
            return;
        }

        if (await Change(new SaveFourEyesRule(_picked?.Id, _picked?.Version, body, Actor), saved => $"\"{body.Name}\" is version {saved.Version} now and counts from the next replay on."))
        {
            Close();
        }

        await Load();
    }

    private async Task Retire()
    {
        var rule = _retiring!;
        await Change(new RetireFourEyesRule(rule.Id, Actor), _ => $"\"{rule.Name}\" is retired.");
        (_retiring, _picked, _draft) = (null, null, null);
        await Load();
    }

    private async Task<bool> Change(IRequest<Outcome<FourEyesSaved>> request, Func<FourEyesSaved, string> done)
    {
        _busy = true;
        var answer = await sender.Send(request);
        _busy = false;
        _said = answer.Value is { } saved ? done(saved) : null;
        _fault = answer.Refusal?.Message;
        return answer.Accepted;
    }
}
