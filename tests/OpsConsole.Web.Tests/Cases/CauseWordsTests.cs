using Bunit;
using OpsConsole.Cases;
using OpsConsole.Cases.Differences;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class CauseWordsTests : PartContext
{
    [Theory]
    [InlineData("attributes.taxProfile", MarkKind.Lacks, null, 1, 0, "All of them lack the tax profile, none of the healthy ones", "No tax profile")]
    [InlineData("region", MarkKind.Is, "CA", 1, 0.06, "In all of them the region is CA, in 6% of the healthy ones", "Region CA")]
    [InlineData("stripe.payment_terms", MarkKind.Is, "NET30", 0.88, 0.12, "In 88% of them Stripe's payment terms is NET30, in 12% of the healthy ones", "Stripe's payment terms NET30")]
    [InlineData("Salesforce", MarkKind.Silent, null, 0.5, 0, "Of 50% of them Salesforce has said nothing, of none of the healthy ones", "Salesforce silent")]
    public void A_difference_is_said_in_business_words(string field, MarkKind kind, string? value, double failed, double healthy, string sentence, string mark)
    {
        var difference = new Difference(field, kind, value, failed, healthy, 100m, 40, false, "");

        Assert.Equal((sentence, mark), (DifferenceWords.Sentence(difference), DifferenceWords.Mark(difference)));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4 }, "still growing")]
    [InlineData(new[] { 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 0, 0 }, "fading")]
    [InlineData(new[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 }, "steady")]
    [InlineData(new[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0 }, "none for 3 hours")]
    public void A_cause_says_how_fast_it_gathers(int[] hours, string says) => Assert.Equal(says, CausePace.Pace(new CauseTrend(true, HandClock.Noon, hours)));

    [Fact]
    public void Columns_name_their_first_hour_midnight_and_now()
    {
        var bars = Render<TrendBars>(p => p.Add(c => c.Trend, new CauseTrend(true, HandClock.Noon.AddHours(3), [.. Enumerable.Range(0, 24)])));

        Assert.Equal(["15:00", "midnight", "now"], bars.FindAll(".trendaxis span").Select(span => span.TextContent.Split(' ')[^1]));
        Assert.Equal(24, bars.FindAll("rect").Count);
    }

    [Fact]
    public void What_the_system_said_is_not_said_twice()
    {
        var row = CaseSample.Row with { System = "netsuite", Operation = "create" };

        Assert.Equal("NetSuite did not answer in time about invoice INV-10491.", CaseWording.Sentence(row, new CaseError("NO_ANSWER", "timeout", "netsuite did not answer in time.", null)));
    }
}
