using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Replay;
using OpsConsole.Web.Approvals;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>One exception: what happened, what everybody says, the repair, the decision, the proof. It follows what others do to it at once.</summary>
public sealed partial class ExceptionPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader) : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private CaseView? _view;
    private RepairView? _repair;
    private CaseUnderstood? _understood;
    private Refusal? _refusal;
    private DryRunResult? _dryRun;
    private string? _dryRunOf;
    private CaseNotice? _notice;
    private CaseAction? _asked;
    private IReadOnlyList<Assignee> _people = [];
    private IReadOnlyList<Colleague> _colleagues = [];
    private TeamView? _team;
    private CasePlace? _place;
    private WhoIsHere _here = WhoIsHere.Nobody;
    private bool _handsOver;
    private IDisposable? _listening;
    private string? _shown;
    private string? _unsaved;
    private bool _busy;
    private bool _asking;
    private int _sights;

    /// <summary>Its id or its number: EX-20418.</summary>
    [Parameter]
    public required string Name { get; set; }

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private CaseRow Row => _view!.Case;

    private bool Mine => Row.Holder == Actor.Id;

    private IReadOnlyList<(string, string)> Trail =>
        Row.Queue is { } queue ? [("Worklist", WorklistFilter.Path), (_view!.QueueLabel, new WorklistFilter { Queue = queue }.ToUri())] : [("Worklist", WorklistFilter.Path)];

    // What was asked of a change that is not saved tells nothing about what would be sent.
    private DryRunResult? DryRunOfSaved => _dryRunOf is null && _unsaved is null ? _dryRun : null;

    private string? HeldSaid => Row.HolderName is { } holder && !Mine && !CaseFlow.IsEnded(Row.State) ? $"{holder} holds it" : null;

    // While it waits for approval its author may still change it, which takes the request back; nobody else may.
    private string? LockedSaid => Row.State switch
    {
        CaseState.Claimed when Mine => null,
        CaseState.AwaitingApproval when Mine => null,
        CaseState.Open or CaseState.Snoozed => Actor.Can(Right.WorkCases) ? "Claim it to repair it." : "Stewards repair; you can read.",
        CaseState.Resolved or CaseState.Dismissed => "It has ended; what was sent stays as it was.",
        CaseState.Claimed or CaseState.AwaitingApproval => $"{Row.HolderName} holds it; only they change the payload.",
        _ => "It is on its way to the target and cannot be changed now.",
    };

    private string? NoDryRun => !Actor.Can(Right.WorkCases) ? "Stewards ask the target."
        : _repair?.Target is not { Known: true } ? "No target is known."
        : !_repair.Target.CanReadBack ? "This target cannot be read back."
        : null;

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized() => _keys = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
    {
        ["c"] = () => Press(CaseAction.Claim),
        ["j"] = () => Go(_place?.Next),
        ["k"] = () => Go(_place?.Previous),
        ["a"] = () => Press(CaseAction.Approve),
        ["r"] = () => Press(CaseAction.Replay, CaseAction.Submit),
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Name)
        {
            return;
        }

        _understood = null;
        (_shown, _view, _repair, _refusal, _dryRun, _notice, _unsaved, _team) = (Name, null, null, null, null, null, null, null);
        _listening?.Dispose();
        await Load();
        if (_view is not null)
        {
            var id = Row.Id;
            await sender.Send(new ReadNotices(null, reader.Now, Actor) { Cause = $"case/{id}" }, _leaving.Token);
            _listening = feed.Listen(news => news.Topic == LiveTopic.Cases && (news.Subject is null || news.Subject == id), s_calm, _ => InvokeAsync(Load));
        }
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ShowCase(Name, Actor), _leaving.Token);
        if (answer.Value is not { } view)
        {
            _refusal = answer.Refusal;
            return;
        }

        _repair = (await sender.Send(new ShowRepair(view.Case.Id, Actor), _leaving.Token)).Value ?? _repair;
        _understood = (await sender.Send(new UnderstandCase(view.Case.Id, Actor), _leaving.Token)).Value ?? _understood;
        _view = view.Judged(_repair);
        await LoadTeam();
        StateHasChanged();
    }

    // Other fields are dots now: the form is made anew, and what the target was asked is forgotten.
    private Task SeenAnew()
    {
        _sights++;
        _dryRun = null;
        return Load();
    }

    private async Task LoadTeam()
    {
        _team = (await sender.Send(new ShowTeam(_view!.Case.Id, Actor), _leaving.Token)).Value ?? _team;
        _place = (await sender.Send(new FindPlace(_view!.Case.Id, Actor), _leaving.Token)).Value ?? _place;
        StateHasChanged();
    }

    private Task Go(string? name)
    {
        if (name is not null && _unsaved is null)
        {
            navigator.NavigateTo($"/exceptions/{name}");
        }

        return Task.CompletedTask;
    }

    private Task Press(params CaseAction[] actions) =>
        _view?.Choices.FirstOrDefault(choice => choice.Possible && actions.Contains(choice.Action)) is { } choice && (choice.Action is CaseAction.Claim || (_unsaved is null && DryRunOfSaved is not { Refused: true }))
            ? Begin(choice.Action)
            : Task.CompletedTask;

    private async Task Begin(CaseAction action)
    {
        if (CaseActs.AtOnce(action))
        {
            await Decide(new CaseAct(action));
            return;
        }

        if (action is CaseAction.Assign or CaseAction.Submit)
        {
            _people = (await sender.Send(new ListAssignees(Row.Id, Actor) { Approvers = action is CaseAction.Submit }, _leaving.Token)).Value?.People ?? [];
        }
        else if (action is CaseAction.Comment)
        {
            _colleagues = (await sender.Send(new ListColleagues(Row.Id, Actor), _leaving.Token)).Value?.People ?? [];
        }

        (_asked, _handsOver) = (action, false);
        StateHasChanged();
    }

    private async Task BeginHandOver()
    {
        await Begin(CaseAction.Assign);
        _handsOver = true;
    }

    private async Task Decide(CaseAct act) => await Send(act.ToRequest(Row.Id, Row.Version, Actor), act.Action);

    private Task<bool> SaveRepair(RepairSave save) =>
        Send(new RepairPayload(Row.Id, Row.Version, save.Body, save.Note, Actor) { Edits = save.Edits, Reason = save.Reason, Raw = save.Raw }, CaseAction.Repair);

    // A "no" is shown with its reason, and the page shows at once how it stands now: who lost a race sees who won it.
    private async Task<bool> Send(IRequest<Outcome<CaseStep>> request, CaseAction action)
    {
        _busy = true;
        StateHasChanged();
        var answer = await sender.Send(request, _leaving.Token);
        (_busy, _asked) = (false, null);
        _notice = answer.Accepted ? CaseNotice.Done(action) : CaseNotice.Refused(answer.Refusal);
        if (answer.Accepted && action is CaseAction.Repair)
        {
            _dryRun = null;
        }

        await Load();
        return answer.Accepted;
    }

    private async Task RunDry()
    {
        (_asking, _dryRunOf) = (true, _unsaved);
        StateHasChanged();
        var answer = await sender.Send(new DryRun(Row.Id, _dryRunOf, Actor), _leaving.Token);
        _asking = false;
        _dryRun = answer.Value ?? _dryRun;
        _notice = answer.Accepted ? null : CaseNotice.Refused(answer.Refusal);
    }

    private async Task ProveNow()
    {
        _asking = true;
        StateHasChanged();
        var answer = await sender.Send(new ProveCase(Row.Id, Row.Version, Actor), _leaving.Token);
        _asking = false;
        _notice = answer.Accepted ? null : CaseNotice.Refused(answer.Refusal);
        await Load();
    }
}

/// <summary>What the page says about what was just tried.</summary>
internal sealed record CaseNotice(string Icon, string Family, string Text)
{
    public static CaseNotice Refused(Refusal refusal) => new("failx", "bad", refusal.Message);

    /// <summary>Nothing where the page itself shows it.</summary>
    public static CaseNotice? Done(CaseAction action) => action switch
    {
        CaseAction.Submit => new("two", "", "Approval is asked. A second person sees it under \"To approve\"."),
        CaseAction.Approve => new("loop", "", "Approved. It is being sent; the proof shows here."),
        CaseAction.Replay => new("loop", "", "It is being sent; the proof shows here."),
        _ => null,
    };
}
