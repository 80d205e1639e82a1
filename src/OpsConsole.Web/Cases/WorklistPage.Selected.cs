using OpsConsole.Cases;

namespace OpsConsole.Web.Cases;

/// <summary>What is done to the ticked rows together.</summary>
public sealed partial class WorklistPage
{
    private Task ClaimSelected() => Decide(new CaseAct(CaseAction.Claim, "several from the worklist"));

    private async Task Ask(CaseAction action)
    {
        if (action is CaseAction.Assign && _selection.Rows.FirstOrDefault() is { } one)
        {
            _people = (await sender.Send(new ListAssignees(one.Id, Actor), _leaving.Token)).Value?.People ?? [];
        }

        _asked = action;
    }

    // With the versions that were seen when the rows were ticked: what changed since is refused by name.
    private async Task Decide(CaseAct act)
    {
        (_asked, _claiming, _run) = (null, true, new TogetherRun(sender, Actor));
        StateHasChanged();
        var rows = _selection.Rows.ToList();
        _outcome = await _run.Run(rows, Enum.Parse<TogetherAction>(act.Action.ToString()), act, StateHasChanged);
        foreach (var (row, _) in rows.Zip(_outcome.Items).Where(pair => pair.Second.Refused is null))
        {
            _selection.Drop(row.Id);
        }

        (_claiming, _run) = (false, null);
        await Look();
    }

    // All that the list holds now, frozen with their versions: what comes later is not among them.
    private async Task SelectAll()
    {
        string? after = null;
        do
        {
            var page = await sender.Send(new ListCases(_filter.ToCases(Actor.Id), _filter.Sort, after, ListCases.Longest, Actor), _leaving.Token);
            _selection.Add(page.Value?.Items ?? [], reader.Now);
            after = page.Value?.Next;
        }
        while (after is not null && _selection.Count < MostSelected);
    }
}
