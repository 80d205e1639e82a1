using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsConsole.Sources;

namespace OpsConsole.Tests.Sources;

public class LaneOptionsTests
{
    [Fact]
    public void Money_goes_first_contacts_later_and_the_unnamed_between() =>
        Assert.Equal([Lane.First, Lane.First, Lane.Later, Lane.Normal], new[] { "invoice", "payment", "contact", "customer" }.Select(Bound([]).Of));

    [Fact]
    public void A_setting_adds_to_the_lanes_and_overrides_them()
    {
        var lanes = Bound(new() { ["Lanes:EntityTypes:contact"] = "first", ["Lanes:EntityTypes:deal"] = "Later", ["Lanes:Weights:Later"] = "2" });

        Assert.Equal([Lane.First, Lane.Later, Lane.First], new[] { "contact", "deal", "invoice" }.Select(lanes.Of));
        Assert.Equal((8, 2), (lanes.Weight(Lane.First), lanes.Weight(Lane.Later)));
    }

    [Theory]
    [InlineData("Lanes:Weights:Later", "0", "Lanes:Weights:Later (0) must be from 1 to 100")]
    [InlineData("Lanes:RefuseAbove:Normal", "101", "Lanes:RefuseAbove:Normal (101) must be a percentage")]
    [InlineData("Lanes:RefuseAbove:Later", "95", "must not rise")]
    public void A_lane_that_would_starve_is_refused_at_start(string setting, string value, string told) =>
        Assert.Contains(told, Assert.Throws<OptionsValidationException>(() => Bound(new() { [setting] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_lane_is_refused_at_start() =>
        Assert.Contains("Lanes:EntityTypes:contact", Assert.Throws<InvalidOperationException>(() => Bound(new() { ["Lanes:EntityTypes:contact"] = "never" })).ToString(), StringComparison.Ordinal);

    private static LaneOptions Bound(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddSources(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider().GetRequiredService<IOptions<LaneOptions>>().Value;
}
