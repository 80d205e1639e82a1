using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class CaseTrackTests
{
    private static readonly Reader s_reader = new(new HandClock());

    [Fact]
    public void What_nobody_holds_stands_at_open() =>
        Assert.Equal("Open", Now(CaseSample.Row, [CaseSample.Step(CaseAction.Found, CaseState.Open, 60)]).Title);

    [Fact]
    public void A_submitted_repair_waits_for_a_second_person()
    {
        var row = CaseSample.Row with { State = CaseState.AwaitingApproval, Holder = "ines", HolderName = "Ines Moreau", PayloadVersion = 1 };
        CaseStep[] steps =
        [
            CaseSample.Step(CaseAction.Found, CaseState.Open, 60), CaseSample.Step(CaseAction.Claim, CaseState.Claimed, 30),
            CaseSample.Step(CaseAction.Repair, CaseState.Claimed, 20), CaseSample.Step(CaseAction.Submit, CaseState.AwaitingApproval, 10),
        ];

        var stages = CaseTrack.Of(row, steps, true, s_reader);

        Assert.Equal(["Found", "Claimed", "Repaired", "To approve", "Replay", "Proven"], stages.Select(stage => stage.Title));
        Assert.Equal(["done", "done", "done", "now", "todo", "todo"], stages.Select(stage => stage.Kind));
    }

    [Fact]
    public void What_was_done_before_it_came_back_counts_no_more()
    {
        var row = CaseSample.Row with { CameBack = true, Attempts = 1, PayloadVersion = 1 };
        CaseStep[] steps =
        [
            CaseSample.Step(CaseAction.Found, CaseState.Open, 60), CaseSample.Step(CaseAction.Claim, CaseState.Claimed, 50), CaseSample.Step(CaseAction.Repair, CaseState.Claimed, 40),
            CaseSample.Step(CaseAction.Replay, CaseState.Replaying, 30), CaseSample.Step(CaseAction.Disproven, CaseState.Open, 10),
        ];

        var stages = CaseTrack.Of(row, steps, false, s_reader);

        Assert.Equal(("Came back", "attempt 1, 11:50"), (stages[1].Title, stages[1].Below));
        Assert.Equal("Open", stages.Single(stage => stage.Kind == "now").Title);
        Assert.Contains(stages, stage => stage is { Title: "Repair", Kind: "todo" });
    }

    [Fact]
    public void Proof_ends_the_track()
    {
        var row = CaseSample.Row with { State = CaseState.Resolved, EndedAt = HandClock.Noon };

        var stages = CaseTrack.Of(row, [CaseSample.Step(CaseAction.Found, CaseState.Open, 60), CaseSample.Step(CaseAction.Proven, CaseState.Resolved, 0)], false, s_reader);

        Assert.DoesNotContain(stages, stage => stage.Kind == "now");
        Assert.Equal(("Proven", "done"), (stages[^1].Title, stages[^1].Kind));
    }

    [Fact]
    public void A_dry_run_stands_on_the_track_of_who_holds_it_and_says_when_it_refuses()
    {
        var row = CaseSample.Row with { State = CaseState.Claimed, Holder = "ines", HolderName = "Ines Moreau", PayloadVersion = 1 };
        CaseStep[] steps = [CaseSample.Step(CaseAction.Found, CaseState.Open, 60), CaseSample.Step(CaseAction.Claim, CaseState.Claimed, 30), CaseSample.Step(CaseAction.Repair, CaseState.Claimed, 20)];

        var before = CaseTrack.Of(row, steps, false, s_reader, asks: true);
        var after = CaseTrack.Of(row, steps, false, s_reader, asks: true, new DryRunResult(DryRunVerdict.NoOp, "", [], "erp-invoices", HandClock.Noon));

        Assert.Equal(("In repair", "Dry run", "todo"), (before.Single(stage => stage.Kind == "now").Title, before[3].Title, before[3].Kind));
        Assert.Equal(["Found", "Claimed", "Repaired", "Dry run refuses", "Replay", "Proven"], after.Select(stage => stage.Title));
        Assert.Equal(("now", "nothing to change, 12:00"), (after[3].Kind, after[3].Below));
    }

    [Fact]
    public void What_did_not_arrive_has_nothing_to_repair_or_to_send()
    {
        var stages = CaseTrack.Of(CaseSample.Row with { Kind = SignalKind.Missing }, [CaseSample.Step(CaseAction.Found, CaseState.Open, 60)], true, s_reader, asks: true);

        Assert.Equal(["Not arrived", "Open", "Proven"], stages.Select(stage => stage.Title));
    }

    private static Stage Now(CaseRow row, IReadOnlyList<CaseStep> steps) => CaseTrack.Of(row, steps, false, s_reader).Single(stage => stage.Kind == "now");
}
