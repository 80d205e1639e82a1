using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;
using RabbitMQ.Client;

namespace OpsConsole.E2E.Promises;

/// <summary>Dead letters of a team's own queue, at a real broker (wire contract §4): each becomes an exception, and its replay is the same message again where it came from.</summary>
public sealed class DeadLetterTests
{
    private const string Exchange = "shop";
    private const string Work = "shop.orders";
    private const string Dead = "shop.orders.dead";
    private const string Key = "order.created";

    [Fact]
    public async Task A_dead_letter_becomes_an_exception_and_its_replay_goes_back_with_its_headers()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await Declare(channel);
        await using var stage = await Stage.Start(Settings(broker));
        var body = Encoding.UTF8.GetBytes("""{"orderId": "SO-9",  "amount":"12.50", "note":"ä"}""");
        await Die(channel, "m-1", body);

        var name = await Found(stage, "SO-9");
        var found = await stage.Get($"/api/v1/exceptions/{name}");
        await stage.Send($"/api/v1/exceptions/{name}/claim");
        await stage.Send($"/api/v1/exceptions/{name}/replay");

        var again = await Next(channel);
        Assert.Equal(("shop", "order.created", 12.50m, "open"), (Text(found["system"]), Text(found["operation"]), found["atRisk"]!["amount"]!.GetValue<decimal>(), Text(found["state"])));
        Assert.Equal(body, again.Body.ToArray());
        Assert.Equal((Exchange, Key), (again.Exchange, again.RoutingKey));
        Assert.Equal(("m-1", "application/json", "OrderCreated"), (again.BasicProperties.MessageId, again.BasicProperties.ContentType, again.BasicProperties.Type));
        Assert.Equal(("blue", 7L), (Encoding.UTF8.GetString((byte[])again.BasicProperties.Headers!["colour"]!), again.BasicProperties.Headers["tries"]));
        Assert.Equal(Text(found["id"]), Encoding.UTF8.GetString((byte[])again.BasicProperties.Headers["x-opsconsole-exception"]!));
        await Eventually.Is(async () => Text((await stage.Get($"/api/v1/exceptions/{name}"))["state"]) is "awaiting-proof", "delivered is not resolved");

        await stage.Post(["""{"specversion":"1.0","id":"ok","source":"urn:shop","type":"opsconsole.sync.v1","time":"2030-03-01T01:00:00Z","data":{"entity":{"type":"order","id":"SO-9"},"system":"shop","operation":"order.created","outcome":"succeeded"} }"""]);
        await Eventually.Is(async () => Text((await stage.Get($"/api/v1/exceptions/{name}"))["state"]) is "resolved", "a later success proves it");
        Assert.Equal(0u, (await channel.QueueDeclarePassiveAsync(Dead)).MessageCount);
        await stage.ConservationHolds();
    }

    [Fact]
    public async Task What_no_queue_takes_any_more_comes_back_to_its_steward_and_bytes_that_are_no_text_survive()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await Declare(channel);
        await using var stage = await Stage.Start(Settings(broker));
        byte[] bytes = [0xFF, 0x00, 0x01, 0x80];
        await Die(channel, "m-2", bytes);
        var name = await Found(stage, "m-2");
        await channel.QueueUnbindAsync(Work, Exchange, Key);
        await stage.Send($"/api/v1/exceptions/{name}/claim");

        await stage.Send($"/api/v1/exceptions/{name}/replay");
        await Eventually.Is(
            async () => Text((await stage.Get($"/api/v1/exceptions/{name}"))["state"]) is "claimed", "it comes back", explain: async () => (await stage.Get($"/api/v1/exceptions/{name}")).ToJsonString());
        var refused = (await stage.Get($"/api/v1/exceptions/{name}")).ToJsonString();
        await channel.QueueBindAsync(Work, Exchange, Key);
        await stage.Send($"/api/v1/exceptions/{name}/replay");

        Assert.Contains("no queue took it", refused, StringComparison.Ordinal);
        Assert.Equal(bytes, (await Next(channel)).Body.ToArray());
    }

    private static StageSettings Settings(Broker broker) => new()
    {
        Environment = new Dictionary<string, string>
        {
            ["RabbitMq__Uri"] = broker.Uri, ["RabbitMq__DeadLetters__0__Queue"] = Dead, ["RabbitMq__DeadLetters__0__System"] = "shop", ["RabbitMq__DeadLetters__0__EntityType"] = "order",
            ["RabbitMq__DeadLetters__0__EntityId"] = "orderId", ["RabbitMq__DeadLetters__0__BusinessUnit"] = "EMEA", ["RabbitMq__DeadLetters__0__Amount"] = "amount",
            ["RabbitMq__DeadLetters__0__Currency"] = "EUR",
        },
    };

    private static async Task Declare(IChannel channel)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueDeclareAsync(Work, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Dead });
        await channel.QueueBindAsync(Work, Exchange, Key);
    }

    /// <summary>Published, taken by the team's consumer, and rejected by it.</summary>
    private static async Task Die(IChannel channel, string id, byte[] body)
    {
        var properties = new BasicProperties
        {
            MessageId = id, ContentType = "application/json", Type = "OrderCreated", Persistent = true,
            Headers = new Dictionary<string, object?> { ["colour"] = Encoding.UTF8.GetBytes("blue"), ["tries"] = 7L },
        };
        await channel.BasicPublishAsync(Exchange, Key, mandatory: true, properties, body);
        var taken = await Next(channel);
        await channel.BasicNackAsync(taken.DeliveryTag, multiple: false, requeue: false);
    }

    private static async Task<BasicGetResult> Next(IChannel channel)
    {
        BasicGetResult? taken = null;
        await Eventually.Is(async () => (taken = await channel.BasicGetAsync(Work, autoAck: false)) is not null, "a message is in the team's queue");
        return taken!;
    }

    private static async Task<string> Found(Stage stage, string id)
    {
        await Eventually.Is(async () => await stage.Exceptions($"q={id}") == 1, $"{id} is an exception", explain: () => Task.FromResult(stage.ConsoleTail()));
        return Text((await stage.Get($"/api/v1/exceptions?q={id}"))["items"]![0]!["name"]);
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
