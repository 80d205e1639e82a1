using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Replay.Targets;
using RabbitMQ.Client;

namespace OpsConsole.Tests.Replay;

/// <summary>What a dead letter carried comes out as it went in.</summary>
public class LetterTests
{
    [Fact]
    public void Every_type_of_header_survives_being_kept()
    {
        var headers = new Dictionary<string, object?>
        {
            ["text"] = Encoding.UTF8.GetBytes("ä 100%"), ["bytes"] = new byte[] { 0xFF, 0x00 }, ["yes"] = true, ["int"] = -7, ["long"] = long.MaxValue, ["short"] = (short)-3, ["byte"] = (byte)200,
            ["double"] = 0.1, ["float"] = 0.1f, ["decimal"] = 12.34m, ["time"] = new AmqpTimestamp(1_772_323_200), ["nothing"] = null,
            ["x-death"] = new List<object?> { new Dictionary<string, object?> { ["queue"] = Encoding.UTF8.GetBytes("orders"), ["count"] = 2L, ["routing-keys"] = new List<object?> { Encoding.UTF8.GetBytes("order.created") } } },
        };

        var again = AmqpValue.Table(JsonNode.Parse(AmqpValue.ToJson(headers).ToJsonString())!.AsObject());

        Assert.Equivalent(headers, again, strict: true);
        Assert.All(headers.Where(header => header.Value is not null), header => Assert.Equal(header.Value!.GetType().IsGenericType, again[header.Key]!.GetType().IsGenericType));
        Assert.IsType<long>(again["long"]);
        Assert.IsType<short>(again["short"]);
    }

    [Fact]
    public void Properties_and_place_survive_being_kept()
    {
        var properties = new BasicProperties { ContentType = "application/json", MessageId = "m-1", CorrelationId = "c-1", Type = "OrderCreated", Priority = 4, Timestamp = new AmqpTimestamp(1_772_323_200) };
        var letter = new Letter { Exchange = "orders", RoutingKey = "order.created", Properties = Letter.PropertiesOf(properties), Headers = [] };

        var read = Letter.FromJson(letter.ToJson());
        var again = read.ToProperties();

        Assert.Equal(("orders", "order.created"), (read.Exchange, read.RoutingKey));
        Assert.Equal(("application/json", "m-1", "c-1", "OrderCreated", (byte)4, 1_772_323_200L, true), (again.ContentType, again.MessageId, again.CorrelationId, again.Type, again.Priority, again.Timestamp.UnixTime, again.Persistent));
    }
}
