using OpsConsole.Cases;
using OpsConsole.Replay;

namespace OpsConsole.Web.Approvals;

/// <summary>What somebody can do with an exception, with what the four-eyes rules say of its payload.</summary>
internal static class FourEyesChoices
{
    public static CaseView Judged(this CaseView view, RepairView? repair) => repair is not { NeedsApproval: true, FourEyes: [var first, ..] }
        ? view
        : view with { Choices = [.. view.Choices.Select(choice => choice is { Action: CaseAction.Replay, Possible: true } ? choice with { Possible = false, WhyNot = first.Says } : choice)] };
}
