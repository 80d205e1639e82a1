using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Tests;

public class FlowTests
{
    [Theory]
    [InlineData("customer-onboarding")]
    [InlineData("order-to-cash")]
    [InlineData("project-to-billing")]
    public void A_flow_names_its_milestones_and_the_console_ships_the_same_file(string name)
    {
        var ours = File.ReadAllText(PathOf("OpsConsole.Simulator/flows", name));

        var flow = JsonNode.Parse(ours)!;
        var names = flow["milestones"]!.AsArray().Select(milestone => milestone!["name"]!.GetValue<string>()).ToList();
        Assert.Equal(name, flow["name"]!.GetValue<string>());
        Assert.All(flow["milestones"]!.AsArray(), milestone => Assert.True(milestone!["after"] is not { } after || names.Contains(after.GetValue<string>())));
        Assert.All(flow["lags"]!.AsArray(), lag => Assert.All(lag!.AsArray(), end => Assert.Contains(end!.GetValue<string>(), names)));
        Assert.Equal(ours, File.ReadAllText(PathOf("OpsConsole.Web/Flows", name)));
    }

    private static string PathOf(string folder, string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, $"../../../src/{folder}/{name}.json"));
}
