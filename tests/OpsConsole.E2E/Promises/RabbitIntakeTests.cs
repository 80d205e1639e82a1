using System.Text;
using OpsConsole.E2E.Infrastructure;
using RabbitMQ.Client;

namespace OpsConsole.E2E.Promises;

/// <summary>Events over a real broker (wire contract §4).</summary>
public sealed class RabbitIntakeTests(RabbitIntakeTests.SharedBroker shared) : IClassFixture<RabbitIntakeTests.SharedBroker>
{
    private readonly Broker _broker = shared.Broker!;

    [Fact]
    public async Task Both_modes_are_taken_in_and_what_cannot_be_read_goes_to_the_poison_queue_and_the_quarantine()
    {
        await using var stage = await Start();
        await using var mail = await Mail.Open(_broker);
        var data = """{"entity":{"type":"invoice","id":"ä 100%"},"system":"erp","outcome":"succeeded"}"""u8.ToArray();
        string[] prefixes = ["cloudEvents:", "cloudEvents_", "ce-"];

        foreach (var (prefix, i) in prefixes.Select((prefix, i) => (prefix, i)))
        {
            await mail.Publish(data, Binary(prefix, $"100% \"ä\" {i}"));
        }

        await mail.Publish([Load.Event("structured")]);
        await mail.Publish("no JSON"u8.ToArray(), new BasicProperties { ContentType = "application/cloudevents+json" });
        await mail.Publish("{"u8.ToArray(), Binary("cloudEvents:", "broken"));
        await mail.Publish([0xFF, 0x00], new BasicProperties());

        await mail.AllIsStored(stage, ["100% \"ä\" 0", "100% \"ä\" 1", "100% \"ä\" 2", "structured"]);
        await Eventually.Is(async () => await mail.Waiting(Mail.Poison) == 3, "three are poison");
        var kept = await stage.Get("/api/v1/quarantine");
        Assert.Equal(3, kept["total"]!.GetValue<int>());
        Assert.Equal("no JSON"u8.ToArray(), await mail.Peek(Mail.Poison));
        var counted = await stage.Get("/api/v1/intake?by=source");
        Assert.Contains("rabbitmq", counted.ToJsonString(), StringComparison.Ordinal);
        await stage.ConservationHolds();
    }

    [Fact]
    public async Task While_the_database_is_away_messages_stay_at_the_broker_and_afterwards_each_is_stored_once()
    {
        await using var cluster = await Cluster.Start();
        await using var stage = await Start(cluster.ConnectionString);
        await using var mail = await Mail.Open(_broker);
        await mail.Publish([Load.Event("before")]);
        await mail.AllIsStored(stage, ["before"]);
        await cluster.Crash();
        string[] ids = [.. Enumerable.Range(0, 500).Select(i => $"away-{i}")];

        await mail.Publish(ids.Select(id => Load.Event(id)));
        await Eventually.Is(async () => await mail.Waiting() == ids.Length, "all are back at the broker", explain: () => Task.FromResult(stage.ConsoleTail()));

        await cluster.Begin();
        await mail.AllIsStored(stage, ids);
        await stage.ConservationHolds();
    }

    [Fact]
    public async Task A_broker_that_comes_back_is_found_again()
    {
        await using var stage = await Start();
        await using (var mail = await Mail.Open(_broker))
        {
            await mail.Publish([Load.Event("before")]);
            await mail.AllIsStored(stage, ["before"]);
        }

        await _broker.Stop(Mail.Queue);
        await _broker.StartServer();

        await using var again = await Mail.Open(_broker);
        await again.Publish([Load.Event("after")]);
        await again.AllIsStored(stage, ["after"]);
        await stage.ConservationHolds();
    }

    [Fact]
    public async Task Two_consoles_share_one_queue_and_the_messages_of_a_killed_one_go_to_the_other()
    {
        await using var stage = await Start();
        var other = await stage.StartAnother();
        await using var mail = await Mail.Open(_broker);
        var published = new List<string>();
        await mail.PublishNew(published, 2_000);

        await stage.Kill();

        await mail.PublishNew(published, 500);
        await mail.AllIsStored(stage, published);
        await Conservation.Holds(stage, other);
        Assert.True(await other.Stop(TimeSpan.FromSeconds(30)), other.Tail());
        Assert.Equal(0u, await mail.Waiting());
    }

    private Task<Stage> Start(string? server = null) => Stage.Start(new StageSettings
    {
        Server = server,
        Environment = new Dictionary<string, string> { ["RabbitMq__Uri"] = _broker.Uri, ["Intake__Patience"] = "00:00:02", ["RabbitMq__Prefetch"] = "300" },
    });

    private static BasicProperties Binary(string prefix, string id) => new()
    {
        ContentType = "application/json",
        Headers = new Dictionary<string, object?>
        {
            [$"{prefix}specversion"] = "1.0", [$"{prefix}id"] = Encoding.UTF8.GetBytes(id), [$"{prefix}source"] = "urn:test:binary",
            [$"{prefix}type"] = "opsconsole.sync.v1", [$"{prefix}time"] = new AmqpTimestamp(1_772_323_200),
        },
    };

    /// <summary>One for all tests: each leaves the events' queue empty.</summary>
    public sealed class SharedBroker : IAsyncLifetime
    {
        public Broker? Broker { get; private set; }

        public async Task InitializeAsync() => Broker = await E2E.Broker.Start();

        public async Task DisposeAsync() => await Broker!.DisposeAsync();
    }
}
