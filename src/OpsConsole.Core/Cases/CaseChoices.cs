namespace OpsConsole.Cases;

/// <summary>What somebody can do with an exception now, and why not: the same table and guards that the server will ask, so that pages draw the truth. Whether a second person is needed is told with the payload, by <c>ShowRepair</c>.</summary>
public static class CaseChoices
{
    private static readonly (CaseAction Action, Right Needs)[] s_offered =
    [
        (CaseAction.Claim, Right.WorkCases), (CaseAction.Release, Right.WorkCases), (CaseAction.Assign, Right.AssignCases), (CaseAction.Comment, Right.ReadCases),
        (CaseAction.Repair, Right.WorkCases), (CaseAction.Submit, Right.WorkCases), (CaseAction.Approve, Right.Approve), (CaseAction.Reject, Right.Approve),
        (CaseAction.Edit, Right.WorkCases), (CaseAction.Replay, Right.WorkCases), (CaseAction.Cancel, Right.WorkCases), (CaseAction.Snooze, Right.WorkCases),
        (CaseAction.Dismiss, Right.WorkCases), (CaseAction.Reopen, Right.WorkCases),
    ];

    public static IReadOnlyList<CaseChoice> For(ExceptionCase @case, Actor actor) =>
        [.. s_offered.Where(offer => CaseFlow.TryMove(@case.State, offer.Action, out _)).Select(offer => Of(@case, actor, offer.Action, offer.Needs))];

    private static CaseChoice Of(ExceptionCase @case, Actor actor, CaseAction action, Right needs)
    {
        var whyNot = !actor.Can(needs) ? "Your roles do not include this." : @case.WhyNot(action, actor)?.Message ?? WithoutPayload(@case, action);
        return new CaseChoice(action, whyNot is null, whyNot);
    }

    private static string? WithoutPayload(ExceptionCase @case, CaseAction action) =>
        action is CaseAction.Submit or CaseAction.Replay && @case is { HasPayload: false, PayloadVersion: 0 }
            ? "There is nothing to send: the failure carried no payload. Write one first."
            : null;
}
