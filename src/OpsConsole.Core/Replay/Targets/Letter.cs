using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace OpsConsole.Replay.Targets;

/// <summary>Where a dead letter came from and all that it carried beside its body. Its event keeps it as <c>letter</c>, so that the replay is the same message again.</summary>
internal sealed record Letter
{
    /// <summary>It goes back to this exchange; empty: the default one, straight into a queue.</summary>
    public required string Exchange { get; init; }

    public required string RoutingKey { get; init; }

    /// <summary>The body is kept in base64, because it is no text.</summary>
    public bool Binary { get; init; }

    public required JsonObject Properties { get; init; }

    public required JsonObject Headers { get; init; }

    public string ToJson() => new JsonObject
    {
        ["exchange"] = Exchange, ["routingKey"] = RoutingKey, ["binary"] = Binary, ["properties"] = Properties.DeepClone(), ["headers"] = Headers.DeepClone(),
    }.ToJsonString();

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> made.</exception>
    public static Letter FromJson(string json)
    {
        var read = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A letter is an object.");
        return new Letter
        {
            Exchange = read["exchange"]!.GetValue<string>(), RoutingKey = read["routingKey"]!.GetValue<string>(), Binary = read["binary"]?.GetValue<bool>() ?? false,
            Properties = read["properties"]!.AsObject(), Headers = read["headers"]!.AsObject(),
        };
    }

    public static JsonObject PropertiesOf(IReadOnlyBasicProperties from)
    {
        var kept = new JsonObject();
        Keep("contentType", from.IsContentTypePresent() ? from.ContentType : null);
        Keep("contentEncoding", from.IsContentEncodingPresent() ? from.ContentEncoding : null);
        Keep("correlationId", from.IsCorrelationIdPresent() ? from.CorrelationId : null);
        Keep("replyTo", from.IsReplyToPresent() ? from.ReplyTo : null);
        Keep("messageId", from.IsMessageIdPresent() ? from.MessageId : null);
        Keep("type", from.IsTypePresent() ? from.Type : null);
        Keep("appId", from.IsAppIdPresent() ? from.AppId : null);
        Keep("priority", from.IsPriorityPresent() ? (int)from.Priority : null);
        Keep("timestamp", from.IsTimestampPresent() ? from.Timestamp.UnixTime : null);
        return kept;

        void Keep(string name, JsonNode? value)
        {
            if (value is not null)
            {
                kept[name] = value;
            }
        }
    }

    /// <summary>The message's properties and headers as they were. It is stored by the broker whatever it was before.</summary>
    public BasicProperties ToProperties()
    {
        var made = new BasicProperties { Persistent = true, Headers = AmqpValue.Table(Headers) };
        foreach (var (name, value) in Properties)
        {
            switch (name)
            {
                case "contentType": made.ContentType = value!.GetValue<string>(); break;
                case "contentEncoding": made.ContentEncoding = value!.GetValue<string>(); break;
                case "correlationId": made.CorrelationId = value!.GetValue<string>(); break;
                case "replyTo": made.ReplyTo = value!.GetValue<string>(); break;
                case "messageId": made.MessageId = value!.GetValue<string>(); break;
                case "type": made.Type = value!.GetValue<string>(); break;
                case "appId": made.AppId = value!.GetValue<string>(); break;
                case "priority": made.Priority = (byte)value!.GetValue<int>(); break;
                case "timestamp": made.Timestamp = new AmqpTimestamp(value!.GetValue<long>()); break;
            }
        }

        return made;
    }

    public byte[] Bytes(string body) => Binary ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body);
}
