using OpsConsole.Events;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Projection;

public class FoldTests
{
    [SharedDataFact("data/fold_vectors.json")]
    public async Task Every_published_scenario_comes_out_as_it_should_in_any_order_with_repetitions()
    {
        var random = new Random(20261121);
        foreach (var vector in FoldVector.All())
        {
            for (var round = 0; round < 20; round++)
            {
                var answer = await PureFold.Of(Shuffle.WithRepetitions(vector.Events, random), vector.Flow);

                Assert.Equal($"{vector.Name}\n{vector.Expected}", $"{vector.Name}\n{answer}");
            }
        }
    }

    [Fact]
    public async Task All_720_orders_of_a_life_end_in_the_same_state()
    {
        var life = Life();
        var expected = (await PureFold.Of(life, null)).ToString();

        var orders = 0;
        foreach (var order in Shuffle.Orders(life))
        {
            Assert.Equal(expected, (await PureFold.Of(order, null)).ToString());
            orders++;
        }

        Assert.Equal(720, orders);
        Assert.Contains("exception invoice/INV-1@erp post: 2 open", expected, StringComparison.Ordinal);
    }

    /// <summary>Created, posted in vain, mended, posted, paid in another system under an alias, and broken again.</summary>
    internal static List<SyncSample> Life() =>
    [
        new() { Id = "1", Time = SyncSample.Noon, Operation = "create", State = "draft", Unit = "EMEA" },
        new() { Id = "2", Time = SyncSample.Noon.AddHours(1), Operation = "post", Outcome = SyncOutcome.Failed, State = "rejected", ErrorCode = "TAX_PROFILE_MISSING" },
        new() { Id = "3", Time = SyncSample.Noon.AddHours(2), Operation = "post", Outcome = SyncOutcome.Pending, State = "queued" },
        new() { Id = "4", Time = SyncSample.Noon.AddHours(3), Operation = "post", State = "posted", Data = new() { ["aliases"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["system"] = "stripe", ["id"] = "in_1" }) } },
        new() { Id = "5", Time = SyncSample.Noon.AddHours(4), System = "stripe", Entity = "in_1", Operation = "pay", State = "paid" },
        new() { Id = "6", Time = SyncSample.Noon.AddHours(5), Operation = "post", Outcome = SyncOutcome.Failed, State = "reversed", ErrorCode = "PERIOD_CLOSED" },
    ];
}
