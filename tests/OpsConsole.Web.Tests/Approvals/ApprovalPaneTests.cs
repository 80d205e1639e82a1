using Bunit;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Approvals;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Approvals;

public class ApprovalPaneTests : PartContext
{
    [Fact]
    public void Says_why_two_are_needed_what_was_changed_and_offers_the_decision()
    {
        var repaired = CaseSample.Repair with { Current = CaseSample.Repair.Original!.Replace("null", "\"CA-ON-HST13\"", StringComparison.Ordinal), CurrentVersion = 1 };

        var pane = Pane(repaired, null, null);

        Assert.Contains("Above EUR 25,000 a second person must approve it.", pane.Markup, StringComparison.Ordinal);
        Assert.Contains("CA-ON-HST13", pane.Find(".dff .p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Approve and replay", pane.Find(".foot .btn.pri").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_prepared_it_reads_why_they_cannot_decide_and_finds_no_button()
    {
        var pane = Pane(CaseSample.Repair, "A second person must decide: you prepared it yourself.", null);

        Assert.Contains("you prepared it yourself", pane.Find(".foot").TextContent, StringComparison.Ordinal);
        Assert.Empty(pane.FindAll(".foot button"));
    }

    [Fact]
    public void What_was_decided_elsewhere_says_by_whom()
    {
        var pane = Pane(CaseSample.Repair, null, "Approved by Hanna Berg, 16:42");

        Assert.Contains("Approved by Hanna Berg", pane.Find(".foot").TextContent, StringComparison.Ordinal);
        Assert.Empty(pane.FindAll(".foot button"));
    }

    [Fact]
    public void A_rule_in_the_form_is_the_rule_that_is_asked_for()
    {
        var draft = FourEyesDraft.Of(new FourEyesRuleRow(
            Guid.NewGuid(), 2, "Amounts", null, "EMEA", null, ["iban", "taxId"], 5_000m, null, Together.Alone, 24, false, "", []));

        var body = draft.ToBody()!;
        draft.AmountAbove = "much";

        Assert.Equal(("EMEA", 5_000m, 2), (body.Unit, body.AmountAbove, body.Attributes!.Count));
        Assert.Null(draft.ToBody());
        Assert.Equal("The amount is not a number.", draft.Fault);
    }

    [Fact]
    public void A_replay_that_needs_two_is_not_offered_alone()
    {
        var choices = new CaseChoice[] { new(CaseAction.Replay, true, null), new(CaseAction.Submit, true, null) };

        var judged = CaseSample.View with { Choices = choices };

        var replay = judged.Judged(CaseSample.Repair).Choices[0];
        Assert.Equal((false, "Above EUR 25,000 a second person must approve it."), (replay.Possible, replay.WhyNot));
        Assert.True(judged.Judged(CaseSample.Repair with { NeedsApproval = false, FourEyes = [] }).Choices[0].Possible);
    }

    private IRenderedComponent<ApprovalPane> Pane(RepairView repair, string? whyNot, string? decided) => Render<ApprovalPane>(p => p
        .Add(c => c.Row, new ApprovalRow(CaseSample.Row, "Ines Moreau", HandClock.Noon, "", whyNot)).Add(c => c.View, CaseSample.View).Add(c => c.Repair, repair)
        .Add(c => c.Decided, decided));
}
