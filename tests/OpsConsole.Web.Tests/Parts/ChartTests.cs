using Bunit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class ChartTests : PartContext
{
    [Fact]
    public void A_sparkline_says_its_numbers_to_those_who_cannot_see_it()
    {
        var line = Render<Sparkline>(p => p.Add(c => c.Title, "Lag").Add(c => c.Values, [4, 9.5, 2]));

        Assert.Equal("Lag: from 4 to 2, lowest 2, highest 9.5", line.Find("svg").GetAttribute("aria-label"));
        Assert.Equal(3, line.Find("polyline").GetAttribute("points")!.Split(' ').Length);
    }

    [Fact]
    public void One_point_is_not_a_trend()
    {
        var line = Render<Sparkline>(p => p.Add(c => c.Title, "Lag").Add(c => c.Values, [4]));

        Assert.Empty(line.FindAll("polyline"));
        Assert.Contains("not enough points yet", line.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_past_the_target_carry_their_number()
    {
        var chart = Render<BarChart>(p => p.Add(c => c.Title, "Invoice sync lag").Add(c => c.Bars, [new("<1m", 200), new("30m", 248, Late: true)]).Add(c => c.Marks, [new("target 15m", 1, Target: true)]));

        Assert.Equal(2, chart.FindAll("rect").Count);
        Assert.Equal("248", chart.Find("text.w").TextContent);
        Assert.Contains("<1m 200, 30m 248. target 15m", chart.Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_in_what_arrived_is_a_gap_in_the_line()
    {
        var chart = Render<TrendChart>(p => p.Add(c => c.Title, "p95").Add(c => c.Series, [new("EMEA", [1, 2, null, 3, 4])]));

        Assert.Equal(2, chart.FindAll("polyline").Count);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(59, 60)]
    [InlineData(1400, 1500)]
    [InlineData(248, 300)]
    public void The_axis_ends_at_a_round_number(double largest, double top) => Assert.Equal(top, Chart.RoundTop(largest), 9);
}
