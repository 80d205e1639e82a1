using OpsConsole.Cases;

namespace OpsConsole.Tests.Cases;

/// <summary>The table of DESIGN.md, "States of an exception", word by word.</summary>
public class CaseFlowTests
{
    [Theory]
    [InlineData("open", "claim → claimed, assign → claimed, snooze → snoozed, dismiss → dismissed, proven → resolved")]
    [InlineData("claimed", "release → open, assign → claimed, repair → claimed, submit → awaiting-approval, replay → replaying, snooze → snoozed, dismiss → dismissed, proven → resolved")]
    [InlineData("awaiting-approval", "approve → replaying, reject → claimed, edit → claimed, proven → resolved")]
    [InlineData("replaying", "sent → awaiting-proof, park → parked, send-failed → claimed, proven → resolved")]
    [InlineData("parked", "unpark → replaying, cancel → claimed, proven → resolved")]
    [InlineData("awaiting-proof", "proven → resolved, disproven → open")]
    [InlineData("snoozed", "wake → open, proven → resolved")]
    [InlineData("resolved", "reopen → open")]
    [InlineData("dismissed", "reopen → open")]
    public void An_exception_moves_as_the_table_says_and_not_otherwise(string state, string moves)
    {
        var start = CaseWords.State(state)!.Value;

        var possible =
            from action in CaseFlow.ActionsFrom(start)
            where CaseFlow.TryMove(start, action, out _)
            select $"{CaseWords.Code(action)} → {CaseWords.Code(To(start, action))}";

        Assert.Equal(moves.Split(", ").Order(), possible.Order());
    }

    private static CaseState To(CaseState from, CaseAction action) => CaseFlow.TryMove(from, action, out var to) ? to : throw new InvalidOperationException();
}
