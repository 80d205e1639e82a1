using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Replay;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Approvals;

/// <summary>
/// What waits for a second person, each with its change and its dry run in view: read, decide with a reason, next. The list stays under the
/// hand; what somebody else decided meanwhile says so where it stands.
/// </summary>
public sealed partial class ApprovalsPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator, Reader reader, IJSRuntime browser) : ComponentBase, IDisposable
{
    private const int Most = 200;
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);
    private static readonly (string, string)[] s_hints = [("j k", "move"), ("a", "approve"), ("d", "do not approve"), ("Enter", "open"), ("n", "news"), ("?", "all keys")];

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<Guid, string> _decided = [];
    private IReadOnlyDictionary<string, Func<Task>> _keys = new Dictionary<string, Func<Task>>();
    private ApprovalList? _list;
    private List<ApprovalRow> _rows = [];
    private Refusal? _refusal;
    private CaseView? _view;
    private RepairView? _repair;
    private DryRunResult? _dryRun;
    private CaseAction? _asked;
    private CaseNotice? _notice;
    private IDisposable? _listening;
    private DateTimeOffset _readAt;
    private string _said = "";
    private int _cursor;
    private int _new;
    private bool _busy;
    private bool _asking;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private ApprovalRow? At => _cursor >= 0 && _cursor < _rows.Count ? _rows[_cursor] : null;

    private string Standing => _list is null ? ""
        : !Actor.Can(Right.Approve) ? (_rows.Min(row => row.AskedAt) is { } first ? $"The longest has waited since {reader.Brief(first)}" : "")
        : $"{Say.Count(_list.Mine)} for you to decide{(_list.Total > _list.Mine ? $", {Say.Count(_list.Total - _list.Mine)} that you prepared yourself" : "")}";

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _keys = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
        {
            ["j"] = () => Step(1),
            ["k"] = () => Step(-1),
            ["ArrowDown"] = () => Step(1),
            ["ArrowUp"] = () => Step(-1),
            ["a"] = () => Press(CaseAction.Approve),
            ["d"] = () => Press(CaseAction.Reject),
            ["Enter"] = () => At is { } row ? Then(() => navigator.NavigateTo($"/exceptions/{row.Case.Name}")) : Task.CompletedTask,
            ["n"] = Reload,
        };
        _listening = feed.Listen(news => news.Topic is LiveTopic.Cases or LiveTopic.Bulks && (news.Unit is null || Actor.Scope.Covers(news.Unit)), s_calm, _ => InvokeAsync(LookAgain));
        await Reload();
    }

    private async Task Reload()
    {
        _readAt = reader.Now;
        var answer = await sender.Send(new ListApprovals(Most, Actor), _leaving.Token);
        (_list, _refusal, _new) = (answer.Value ?? _list, answer.Refusal, 0);
        _rows = [.. _list?.Items ?? []];
        _decided.Clear();
        _cursor = Math.Clamp(_cursor, 0, Math.Max(0, _rows.Count - 1));
        await Show();
    }

    // What is new is only counted; what is gone says what became of it.
    private async Task LookAgain()
    {
        var answer = await sender.Send(new ListApprovals(Most, Actor), _leaving.Token);
        if (answer.Value is not { } list)
        {
            return;
        }

        var now = list.Items.ToDictionary(row => row.Case.Id);
        _new = list.Items.Count(row => _rows.TrueForAll(shown => shown.Case.Id != row.Case.Id));
        foreach (var gone in _rows.Where(row => !now.ContainsKey(row.Case.Id) && !_decided.ContainsKey(row.Case.Id)))
        {
            _decided[gone.Case.Id] = await Became(gone);
        }

        // Asked for anew, with another payload: it can be decided again.
        foreach (var back in _rows.Where(row => now.TryGetValue(row.Case.Id, out var again) && again.Case.Version != row.Case.Version).ToList())
        {
            _decided.Remove(back.Case.Id);
            _rows[_rows.IndexOf(back)] = now[back.Case.Id];
        }

        _list = list;
        await Show();
    }

    private async Task<string> Became(ApprovalRow gone)
    {
        var answer = await sender.Send(new ShowCase(gone.Case.Name, Actor), _leaving.Token);
        var last = answer.Value?.Steps.LastOrDefault(step => step.Version > gone.Case.Version && step.From is CaseState.AwaitingApproval && step.From != step.To);
        return last is null ? "no longer waits" : $"{CaseWording.Step(last.Action)} by {last.ActorName}, {reader.Brief(last.At)}";
    }

    // The dry run asks the target by itself: nobody should decide on what they have not seen.
    private async Task Show()
    {
        var row = At;
        if (row is null)
        {
            (_view, _repair, _dryRun) = (null, null, null);
            StateHasChanged();
            return;
        }

        if (_view?.Case.Id != row.Case.Id)
        {
            (_view, _repair, _dryRun) = (null, null, null);
        }

        StateHasChanged();
        var view = (await sender.Send(new ShowCase(row.Case.Name, Actor), _leaving.Token)).Value;
        var repair = view is null ? null : (await sender.Send(new ShowRepair(view.Case.Id, Actor), _leaving.Token)).Value;
        if (At?.Case.Id != row.Case.Id)
        {
            return;
        }

        var same = _repair?.Hash == repair?.Hash;
        (_view, _repair) = (view, repair);
        StateHasChanged();
        if (repair?.Target is { Known: true, CanReadBack: true } && (_dryRun is null || !same) && view?.Case.State is CaseState.AwaitingApproval)
        {
            await RunDry(row);
        }
    }

    private async Task RunDry(ApprovalRow row)
    {
        _asking = true;
        StateHasChanged();
        var answer = await sender.Send(new DryRun(row.Case.Id, null, Actor), _leaving.Token);
        _asking = false;
        if (At?.Case.Id == row.Case.Id)
        {
            _dryRun = answer.Value;
        }

        StateHasChanged();
    }

    private async Task Step(int by)
    {
        _cursor = Math.Clamp(_cursor + by, 0, Math.Max(0, _rows.Count - 1));
        await Show();
        if (At is { } row)
        {
            await browser.InvokeVoidAsync("opsConsole.reveal", _leaving.Token, $"case-{row.Case.Number}");
        }
    }

    private Task PointAt(int place) => Step(place - _cursor);

    // Not before what is decided on stands on the page.
    private Task Press(CaseAction action) => At is { WhyNot: null } row && _view?.Case.Id == row.Case.Id && _repair is not null && (action is not CaseAction.Approve || _dryRun is not { Refused: true }) && !_decided.ContainsKey(row.Case.Id) ? Begin(action) : Task.CompletedTask;

    private Task Begin(CaseAction action) => Then(() => _asked = action);

    // The version is the one that was on the page when it was read: what changed since is refused.
    private async Task Decide(CaseAct act)
    {
        if (At is not { } row || _view is null)
        {
            return;
        }

        _busy = true;
        var answer = await sender.Send(act.ToRequest(row.Case.Id, _view.Case.Version, Actor), _leaving.Token);
        (_busy, _asked) = (false, null);
        if (answer.Accepted)
        {
            _decided[row.Case.Id] = $"{CaseWording.Step(act.Action)} by you, {reader.Brief(reader.Now)}";
            _said = $"{row.Case.Name}: {CaseWording.Step(act.Action)}.";
            _notice = null;
            var next = _rows.FindIndex(_cursor, other => other.WhyNot is null && !_decided.ContainsKey(other.Case.Id));
            _cursor = next >= 0 ? next : Math.Max(0, _rows.FindIndex(other => other.WhyNot is null && !_decided.ContainsKey(other.Case.Id)));
        }
        else
        {
            _notice = CaseNotice.Refused(answer.Refusal);
        }

        await Show();
    }

    private Task Then(Action act)
    {
        act();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private string PreparedSaid(ApprovalRow row) =>
        $"Prepared by {row.PreparedBy}{(row.AskedAt is { } asked ? $", {reader.Brief(asked)}" : "")}{(row.Asked.Length > 0 ? $": {row.Asked}" : "")}";

    private static Money? Own(CaseRow row) => row is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null;

    private Money? Reporting(CaseRow row) => row.Reporting is { } reporting ? new Money(reporting, _list!.Currency) : null;
}
