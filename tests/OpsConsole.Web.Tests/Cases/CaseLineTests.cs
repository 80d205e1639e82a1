using Bunit;
using OpsConsole.Cases;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class CaseLineTests : PartContext
{
    [Fact]
    public void A_row_says_what_where_how_much_until_when_why_who_and_how_it_stands()
    {
        var line = Render<CaseLine>(p => p.Add(c => c.Row, CaseSample.Row).Add(c => c.Currency, "EUR"));

        var cells = line.FindAll("td").Select(cell => string.Join(' ', cell.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(
            [
                "", "No tax profile, refused by NetSuite INV-10491 Maple Ridge Dairy Inc.", "AMERCA01", "CAD238,900.00EUR157,912.90", "Due in 18m8h old",
                "Tax profile missing, region CA214 cases", "Nobody", "Open",
            ],
            cells);
    }

    [Fact]
    public void What_ended_while_it_was_on_screen_stays_and_says_so()
    {
        var line = Render<CaseLine>(p => p.Add(c => c.Row, CaseSample.Row with { State = CaseState.Resolved, EndedAt = HandClock.Noon }).Add(c => c.Currency, "EUR"));

        Assert.Contains("over", line.Find("tr").ClassList);
        Assert.Contains("Proven", line.Find("td:last-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_as_it_was_is_not_drawn_again()
    {
        var line = Render<CaseLine>(p => p.Add(c => c.Row, CaseSample.Row).Add(c => c.Currency, "EUR").Add(c => c.Columns, WorklistColumn.All));
        var drawn = line.RenderCount;

        line.Render(p => p.Add(c => c.Row, CaseSample.Row with { }).Add(c => c.Point, () => { }));
        Assert.Equal(drawn, line.RenderCount);

        line.Render(p => p.Add(c => c.Row, CaseSample.Row with { State = CaseState.Claimed, HolderName = "Tom Okafor", Holder = "2" }));
        Assert.Contains("Tom Okafor", line.Markup, StringComparison.Ordinal);

        line.Render(p => p.Add(c => c.Selected, true));
        Assert.Contains("sel", line.Find("tr").ClassList);
    }

    [Fact]
    public void What_is_said_of_urgency_follows_the_clock_once_the_list_is_drawn_again()
    {
        var line = Render<CaseLine>(p => p.Add(c => c.Row, CaseSample.Row).Add(c => c.Currency, "EUR"));
        Clock.Pass(TimeSpan.FromHours(1));

        line.Render(p => p.Add(c => c.Currency, "EUR"));

        Assert.Contains("overdue by", line.Find("td.num").GetAttribute("title"), StringComparison.Ordinal);
    }
}
