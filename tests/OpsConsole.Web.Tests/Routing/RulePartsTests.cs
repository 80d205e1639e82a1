using Bunit;
using OpsConsole.Routing;
using OpsConsole.Web.Routing;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Routing;

public class RulePartsTests : PartContext
{
    [Fact]
    public void Rule_by_rule_says_why_and_that_none_takes_it()
    {
        var part = Render<RuleVerdicts>(with => with.Add(p => p.Rules, [new RuleVerdict(Guid.Empty, "Invoices", false, "it is about a customer, not a invoice")]));

        Assert.Contains("it is about a customer", part.Find(".checks").TextContent, StringComparison.Ordinal);
        Assert.Contains("No rule takes it", part.Find(".checks").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_carry_a_word_and_not_only_a_colour()
    {
        var part = Render<RuleChanges>(with => with.Add(p => p.Changes, ["New: Tax: everything → Tax team", "Deleted: Old: everything → Payments"]));

        Assert.Equal(["New", "Deleted"], part.FindAll(".tag").Select(tag => tag.TextContent));
        Assert.Contains("Tax: everything → Tax team", part.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "8h")]
    [InlineData(18.5, "18h 30m")]
    [InlineData(-30, "30h")]
    [InlineData(0.25, "15m")]
    public void A_business_clock_has_hours_and_no_days(double hours, string said) => Assert.Equal(said, RuleWords.Clock(hours));
}
