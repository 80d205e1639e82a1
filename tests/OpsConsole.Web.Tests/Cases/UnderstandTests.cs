using Bunit;
using OpsConsole.Cases;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class UnderstandTests : PartContext
{
    [Fact]
    public void Ways_say_how_often_each_held()
    {
        var told = new CaseUnderstood([], null, "EUR", 0,
        [
            new WayTold(SolvedWay.Repaired, 33, 31, TimeSpan.FromMinutes(4), "Tax profile from the province", "Priya Nair", HandClock.Noon.AddDays(-40), 77), new WayTold(SolvedWay.SentAgain, 9, 0, null, null, null, null, null),
        ], 40);

        var list = Render<WaysList>(p => p.Add(c => c.Understood, told));

        var lines = list.FindAll("li").Select(line => string.Join(' ', line.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.StartsWith("Repaired and sent: Tax profile from the province 31 of 33 stayed settled (93.9%), 4m median, Priya Nair", lines[0], StringComparison.Ordinal);
        Assert.Equal("Sent again unchanged 9 tries, all came back", lines[1]);
    }

    [Fact]
    public void Everything_that_it_holds_back_and_that_stands_beside_it_is_a_link()
    {
        HeldBack[] held = [Held("SO-1"), Held("SO-2"), Held("SO-3")];
        var told = new CaseUnderstood(held, 900m, "EUR", 7, [], 0) { BesideFirst = ["EX-4", "EX-9"] };

        var meaning = Render<CaseMeaning>(p => p.Add(c => c.View, CaseSample.View).Add(c => c.Understood, told));

        Assert.Equal(
            ["/transactions/order-to-cash/SO-1", "/transactions/order-to-cash/SO-2", "/transactions/order-to-cash/SO-3", "/exceptions/EX-4", "/exceptions/EX-9"],
            meaning.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Contains("7 other open exceptions stand on the same: EX-4, EX-9 and 5 more.", meaning.Find("p").TextContent, StringComparison.Ordinal);

        static HeldBack Held(string order) => new("order-to-cash", "order", order, null, 300m, "EUR", ["invoiced"], null);
    }

    [Theory]
    [InlineData("timeout", "unknown until it is asked")]
    [InlineData("validation", "nothing was written there")]
    [InlineData("duplicate", "holds the object already")]
    public void An_error_is_said_in_plain_words(string category, string says) => Assert.Contains(says, CaseWording.Plain(category, "netsuite")!, StringComparison.Ordinal);

    [Fact]
    public void The_rank_explains_itself()
    {
        var row = CaseSample.Row with { Reporting = 10_000m, DueAt = HandClock.Noon.AddDays(2) };

        Assert.StartsWith("Rank 2,500: EUR 10,000.00 at risk × 0.25, due in 2d.", CaseWording.Rank(row, "EUR", HandClock.Noon), StringComparison.Ordinal);
        Assert.StartsWith("Last by rank", CaseWording.Rank(row with { DueAt = null }, "EUR", HandClock.Noon), StringComparison.Ordinal);
    }
}
