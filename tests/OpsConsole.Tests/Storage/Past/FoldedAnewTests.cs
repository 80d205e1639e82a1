using OpsConsole.Flows;
using OpsConsole.Tests.Projection;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Past;

/// <summary>What is read as of a quiet moment is what folding anew only the facts received by then comes to.</summary>
public abstract class FoldedAnewTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly FlowDefinition s_flow = new(
        "orders", "order", ["order/invoice"], [new Milestone("placed", "order", "placed"), new Milestone("invoiced", "invoice", "posted", "placed", 24)], []);

    [StorageFact]
    public async Task As_of_every_quiet_moment_the_console_says_what_the_facts_of_that_moment_say()
    {
        await using var world = await FoldWorld.Start(TBrand.Start);
        await world.Set(s_flow);
        var facts = Facts();
        var moments = new List<(int Received, DateTimeOffset At)>();
        for (var received = 0; received < facts.Count; received += 3)
        {
            moments.Add((received, await world.Moment()));
            await world.Receive([.. facts.Skip(received).Take(3)], 2);
        }

        moments.Add((facts.Count, await world.Moment()));
        await world.Receive([new SyncSample { Id = "last", Entity = "INV-7", Operation = "post", Outcome = OpsConsole.Events.SyncOutcome.Failed, State = "reversed", ErrorCode = "PERIOD_CLOSED" }], 1);

        foreach (var (received, at) in moments)
        {
            Assert.Equal($"{received}\n{await PureFold.Of(facts.Take(received), s_flow)}", $"{received}\n{await world.Answer(at)}");
        }
    }

    /// <summary>Orders and invoices that fail, are mended, change units, and turn out to be one object under two names.</summary>
    private static List<SyncSample> Facts()
    {
        var random = new Random(20261121);
        List<SyncSample> facts = [.. FoldTests.Life()];
        for (var i = 0; i < 40; i++)
        {
            var (order, failed) = (random.Next(6), random.Next(3) == 0);
            var links = new System.Text.Json.Nodes.JsonObject
            {
                ["links"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["type"] = "order", ["id"] = $"O-{order}" }),
            };
            facts.Add(random.Next(2) == 0
                ? new SyncSample { Id = $"o{i}", Type = "order", Entity = $"O-{order}", State = "placed", Unit = random.Next(2) == 0 ? "EMEA" : "APAC", Time = SyncSample.Noon.AddMinutes(i) }
                : new SyncSample
                {
                    Id = $"i{i}", Entity = $"INV-{order}", Operation = "post", Outcome = failed ? OpsConsole.Events.SyncOutcome.Failed : OpsConsole.Events.SyncOutcome.Succeeded,
                    State = failed ? "rejected" : "posted", ErrorCode = failed ? "TAX_PROFILE_MISSING" : null, Time = SyncSample.Noon.AddMinutes(i), Data = links,
                });
        }

        return facts;
    }
}

public static class FoldedAnewTests
{
    public sealed class On_postgres : FoldedAnewTests<OnPostgres>;

    public sealed class On_sqlserver : FoldedAnewTests<OnSqlServer>;
}
