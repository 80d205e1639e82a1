using OpsConsole.Cases;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Cases;

public class SolvedWaysTests
{
    [Fact]
    public void Each_way_tells_how_often_it_was_tried_and_how_often_it_held()
    {
        var ways = SolvedWays.Of(
        [
            (1, Steps((CaseAction.Found, 0), (CaseAction.Repair, 1), (CaseAction.Sent, 2), (CaseAction.Proven, 3))),
            (2, Steps((CaseAction.Found, 0), (CaseAction.Sent, 1), (CaseAction.Disproven, 2), (CaseAction.Repair, 3), (CaseAction.Sent, 4), (CaseAction.Proven, 9))),
            (3, Steps((CaseAction.Found, 0), (CaseAction.Proven, 5), (CaseAction.Reopen, 6), (CaseAction.Dismiss, 7))),
            (4, Steps((CaseAction.Found, 0), (CaseAction.Sent, 1))),
        ]).ToDictionary(way => way.Way);

        Assert.Equal((2, 2), (ways[SolvedWay.Repaired].Tried, ways[SolvedWay.Repaired].Stayed));
        Assert.Equal((1, 0), (ways[SolvedWay.SentAgain].Tried, ways[SolvedWay.SentAgain].Stayed));
        Assert.Equal((1, 0), (ways[SolvedWay.ByItself].Tried, ways[SolvedWay.ByItself].Stayed));
        Assert.Equal((1, 1), (ways[SolvedWay.Dismissed].Tried, ways[SolvedWay.Dismissed].Stayed));
        Assert.Equal(TimeSpan.FromMinutes(3), ways[SolvedWay.Repaired].Median);
        Assert.Equal(("from the province", 2L), (ways[SolvedWay.Repaired].LastNote, ways[SolvedWay.Repaired].LastCase));
    }

    private static List<CaseStep> Steps(params (CaseAction Action, int Minute)[] steps) =>
        [.. steps.Select((step, i) => new CaseStep
        {
            CaseId = Guid.Empty, Version = i + 1, From = CaseState.Open, To = CaseState.Open, Action = step.Action, ActorId = "ana", ActorName = "Ana",
            Reason = step.Action is CaseAction.Repair ? "version 1: from the province" : "", At = SyncSample.Noon.AddMinutes(step.Minute),
        })];
}
