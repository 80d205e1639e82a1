using Bunit;
using OpsConsole.Events;
using OpsConsole.Traces;
using OpsConsole.Web.Tests.Samples;
using OpsConsole.Web.Traces;

namespace OpsConsole.Web.Tests.Traces;

public class PayloadPairsTests : PartContext
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly PayloadSide s_here = new(new ObjectRef("invoice", "INV-1"), s_noon, true);
    private static readonly PayloadSide s_healthy = new(new ObjectRef("invoice", "INV-2"), s_noon, false);

    [Fact]
    public void Each_value_that_differs_stands_beside_the_healthy_one_as_text_and_is_marked()
    {
        var shown = Pairs(Pair(new("/memo", "\"<b>late</b>\"", null, AttributeMark.OnlyHere), new("/tranId", "\"INV-1\"", "\"INV-2\"", AttributeMark.Own)));

        Assert.Equal(["/memo", "\"<b>late</b>\"differs", "not there"], shown.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Replace(" ", "", StringComparison.Ordinal).Replace("notthere", "not there", StringComparison.Ordinal)));
        Assert.Empty(shown.FindAll("tbody b"));
        Assert.Equal("/memo", shown.Find("tr:has(.differs) td").TextContent);
        Assert.Single(shown.FindAll(".differs"));
        Assert.Equal("1 different", shown.Find(".more").TextContent);
    }

    [Fact]
    public void What_is_masked_says_that_it_is_there_and_who_may_read_it()
    {
        var shown = Pairs(Pair() with { Hidden = true });

        Assert.Equal("masked", shown.Find(".more").TextContent);
        Assert.Contains("Only who may read exceptions may read them.", shown.Markup, StringComparison.Ordinal);
        Assert.Equal(["INV-1", "INV-2"], shown.FindAll("a").Select(link => link.TextContent));
        Assert.Empty(shown.FindAll("table"));
    }

    [Theory]
    [InlineData(true, false, "Only this run has one.")]
    [InlineData(false, true, "Only the healthy run has one.")]
    [InlineData(true, true, "They say the same.")]
    public void Where_there_is_nothing_to_compare_it_says_why(bool here, bool healthy, string why) =>
        Assert.Contains(why, Pairs(Pair() with { Here = here ? s_here : null, Healthy = healthy ? s_healthy : null }).Markup, StringComparison.Ordinal);

    private IRenderedComponent<PayloadPairs> Pairs(params PayloadComparison[] pairs) => Render<PayloadPairs>(p => p.Add(c => c.Payloads, pairs));

    private static PayloadComparison Pair(params PayloadField[] fields) => new("order/invoice", "erp", "create", s_here, s_healthy, false, fields);
}
