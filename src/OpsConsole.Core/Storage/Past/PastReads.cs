using OpsConsole.Cases;
using OpsConsole.Cases.Differences;
using OpsConsole.Cases.Team;
using OpsConsole.Close;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Landscape;
using OpsConsole.Notify;
using OpsConsole.Replay;
using OpsConsole.Routing;
using OpsConsole.Search;
using OpsConsole.Traces;

namespace OpsConsole.Storage.Past;

/// <summary>The requests that can be answered by what was known at a moment: they read kept tables only, or besides them what has no past (rules, people) and is shown as it is now.</summary>
public static class PastReads
{
    private static readonly HashSet<Type> s_known =
    [
        typeof(ListCases), typeof(ShowCase), typeof(FindCase), typeof(FindPlace), typeof(CountDesk), typeof(CountedOnce), typeof(LookAgain), typeof(QueueTabs), typeof(SnoozedTotal), typeof(UnderstandCase),
        typeof(ShowTeam), typeof(ListViews), typeof(ShowSla), typeof(ShowRepair), typeof(ListCauses), typeof(ShowCauseTrend), typeof(ShowCauseBlocks), typeof(ListCauseMoves), typeof(ExplainCause), typeof(ShowRepairForm),
        typeof(FindStarter), typeof(ListTransactions), typeof(ShowTransaction), typeof(ShowTransactionTraces), typeof(CompareTransactions), typeof(ListFlows), typeof(ShowFlow),
        typeof(FindObjects), typeof(ShowObject), typeof(FindTraces), typeof(ShowTrace), typeof(ShowSpan), typeof(CompareTraces), typeof(CountTraceLogs), typeof(ListTraceLogs),
        typeof(MeasureBoard), typeof(MeasureFigures), typeof(ShowKpi), typeof(ListKpiRows), typeof(ListBoardChoices), typeof(ListAnnotations), typeof(CountDismissals), typeof(ShowStats),
        typeof(SearchFacts), typeof(SearchEverything), typeof(SuggestSearch), typeof(ShowMap),
        typeof(ListCloses), typeof(ShowClose), typeof(ListKeptBoards),
    ];

    // About who looks, wherever they look: their bell, who else is here, whom they could ask.
    private static readonly HashSet<Type> s_present = [typeof(ListNotices), typeof(BeHere), typeof(BeGone), typeof(ListColleagues), typeof(ListAssignees)];

    public static IReadOnlyCollection<Type> All => s_known;

    public static bool Know(Type request) => s_known.Contains(request);

    /// <summary>True for what a page asks of the present whatever moment it shows.</summary>
    public static bool AreOfPresent(Type request) => s_present.Contains(request);
}
