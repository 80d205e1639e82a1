using Bunit;
using OpsConsole.Basics;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Replay;

public class BulkPartsTests : PartContext
{
    private static readonly BulkView s_bulk = new(
        Guid.NewGuid(), "B-7", "40 ticked rows", BulkState.Running, null, 40, 4_000m, "EUR", "Ines Moreau", HandClock.Noon, null, 3)
    {
        CreatedBy = "ines", Ramp = "1,5,20,100", StopAbove = 0.2m,
    };

    [Fact]
    public void The_head_counts_what_a_quiet_target_took_among_what_has_an_outcome()
    {
        var bulk = s_bulk with { Progress = new BulkProgress(10, 0, 0, 0, 27, 1, 2, 0, 0) { Quiet = 17 } };

        var head = Render<BulkHead>(p => p.Add(c => c.Bulk, bulk).Add(c => c.Pace, 12.4));

        Assert.Equal("10% of what has an outcome, stops above 20%", head.FindAll(".fig .s")[1].TextContent);
        Assert.Equal("12 a second now", head.FindAll(".fig .s")[2].TextContent);
        Assert.Equal("1 proven · 27 delivered, unproven · 2 failed · 10 not yet", head.Find("[role=status]").TextContent);
    }

    [Fact]
    public void Each_item_leads_to_its_exception_and_says_what_was_found()
    {
        var row = new BulkItemRow(
            4, Guid.NewGuid(), 12, "invoice", "INV-9", "Tax profile", "EMEA", 100m, "EUR", BulkVerdict.Ready, BulkItemState.Ordered, ReplayState.Failed, 3, "no tax profile");
        BulkItemFilter? picked = BulkItemFilter.Proven;

        var items = Render<BulkItems>(p => p.Add(c => c.Items, new Page<BulkItemRow>([row], 41, "next")).Add(c => c.Only, picked).Add(c => c.Pick, only => picked = only));
        items.FindAll(".seg button")[3].Click();

        Assert.Equal(("/exceptions/EX-12", "5"), (items.Find("a.lead").GetAttribute("href"), items.Find("td.num").TextContent));
        Assert.Contains("no tax profile", items.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal(BulkItemFilter.LeftOver, picked);
    }
}
