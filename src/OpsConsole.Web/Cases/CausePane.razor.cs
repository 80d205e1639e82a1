using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Cases.Differences;
using OpsConsole.Cases.Types;

namespace OpsConsole.Web.Cases;

/// <summary>One cause beside the list of causes.</summary>
public sealed partial class CausePane : ComponentBase
{
    /// <summary>So many exceptions are taken into one run from here; larger ones are worked on from the worklist.</summary>
    private const int Most = 5_000;

    private CauseExplained? _told;
    private Refusal? _refusal;
    private string? _shown;
    private CaseAction? _asked;
    private IReadOnlyList<Assignee> _people = [];
    private TogetherRun? _progress;
    private ClaimedTogether? _outcome;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required CauseRow Cause { get; set; }

    /// <summary>The reporting currency.</summary>
    [Parameter, EditorRequired]
    public required string Currency { get; set; }

    /// <summary>Somebody wants a part of it to be a cause of its own.</summary>
    [Parameter]
    public EventCallback<(CausePart Part, string Value)> Split { get; set; }

    /// <summary>Something was done to its exceptions.</summary>
    [Parameter]
    public EventCallback Acted { get; set; }

    private bool CanChange => Actor.Can(Right.AssignCases);

    private string ExceptionHint => ExceptionCatalog.Find(Cause.Type)?.Hint ?? "";

    private string Where => Cause.Units.Count == 1 ? Cause.Units[0] : $"in {Cause.Units.Count} units";

    public void Dispose() => _progress?.Stop();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Cause.Fingerprint)
        {
            (_shown, _told, _refusal) = (Cause.Fingerprint, null, null);
            var answer = await Sender.Send(new ExplainCause(Cause.Fingerprint, Actor));
            if (_shown == answer.Value?.Fingerprint || answer.Value is null)
            {
                (_told, _refusal) = (answer.Value, answer.Refusal);
            }
        }
    }

    // Only what every exception says of itself can be split by: those to come must be told apart too.
    private static CausePart? PartOf(Difference difference) => difference is not { Kind: MarkKind.Is, FailedShare: > 0 and < 1 } ? null : difference.Field switch
    {
        "unit" => CausePart.Unit,
        "legal entity" => CausePart.LegalEntity,
        "region" => CausePart.Region,
        _ => null,
    };

    private static string Width(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private async Task Begin(CaseAction action)
    {
        if (action is CaseAction.Claim)
        {
            await Decide(new CaseAct(action, $"all of {Cause.Cause}"));
            return;
        }

        if (action is CaseAction.Assign && await Rows(1) is [var one])
        {
            _people = (await Sender.Send(new ListAssignees(one.Id, Actor))).Value?.People ?? [];
        }

        _asked = action;
    }

    private async Task Decide(CaseAct act)
    {
        _asked = null;
        var rows = await Rows(Most);
        _progress = new TogetherRun(Sender, Actor);
        _outcome = await _progress.Run(rows, Together(act.Action), act, StateHasChanged);
        _progress = null;
        await Acted.InvokeAsync();
    }

    private static TogetherAction Together(CaseAction action) => action switch
    {
        CaseAction.Claim => TogetherAction.Claim,
        CaseAction.Assign => TogetherAction.Assign,
        _ => TogetherAction.Dismiss,
    };

    private async Task<List<CaseRow>> Rows(int most)
    {
        var rows = new List<CaseRow>();
        var filter = new CaseFilter { States = [.. CaseFlow.Unended], Fingerprint = Cause.Fingerprint };
        string? after = null;
        do
        {
            var page = await Sender.Send(new ListCases(filter, CaseSort.Age, after, Math.Min(most, ListCases.Longest), Actor));
            rows.AddRange(page.Value?.Items ?? []);
            after = page.Value?.Next;
        }
        while (after is not null && rows.Count < most);
        return rows;
    }
}
