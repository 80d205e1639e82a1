using System.Globalization;
using System.Text;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Projection;
using OpsConsole.Sources;
using RabbitMQ.Client;

namespace OpsConsole.Intake.Rabbit;

/// <summary>
/// A message of a broker → one event, after CloudEvents' AMQP binding: structured by its content type, or in binary mode with the
/// attributes as headers <c>cloudEvents:id</c> (also <c>cloudEvents_id</c>, <c>ce-id</c>). What is no event at all is a quarantined one.
/// </summary>
internal sealed class MessageReader(CloudEventReader reader, TimeProvider clock)
{
    private const string HttpPrefix = "ce-";
    private const string AnyCloudEvent = "application/cloudevents";

    private static readonly string[] s_prefixes = ["cloudEvents:", "cloudEvents_", HttpPrefix];

    public Delivery Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, Sender sender)
    {
        var type = properties.ContentType;
        var media = type?.Split(';')[0].Trim() ?? "";
        if (media.Equals(CloudEventReader.StructuredType, StringComparison.OrdinalIgnoreCase))
        {
            var read = reader.Structured(body, sender);
            return read.Value ?? Unreadable(sender, "not-json", $"event: {read.Refusal!.Message}", CloudEventReader.StructuredType, body);
        }

        var attributes = Attributes(properties).ToList();
        var bytes = BinaryEnvelope.Structured(attributes, type, body.Span, json: false);
        if (media.StartsWith(AnyCloudEvent, StringComparison.OrdinalIgnoreCase))
        {
            return Unreadable(sender, "content-type", $"event: comes as {media}; over AMQP it must be {CloudEventReader.StructuredType} or binary", CloudEventReader.StructuredType, bytes);
        }

        if (!attributes.Exists(attribute => attribute.Key.Equals("ce-specversion", StringComparison.OrdinalIgnoreCase)))
        {
            return Unreadable(sender, "not-an-event", $"event: has neither the header {s_prefixes[0]}specversion nor the content type {CloudEventReader.StructuredType}", CloudEventReader.StructuredType, bytes);
        }

        var binary = reader.Binary(attributes, type, body, sender);
        return binary.Value ?? Unreadable(sender, "not-json", $"data: {binary.Refusal!.Message}", CloudEventReader.StructuredType, bytes);
    }

    private Delivery Unreadable(Sender sender, string reason, string message, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var receivedAt = EventTime.Microseconds(clock.GetUtcNow());
        var refused = Quarantine.Of(FactKind.Events, sender, reason, message, contentType, bytes.Span, receivedAt);
        return new Delivery(sender, FactKind.Events, [Reading.Of(0, refused, null, bytes)], receivedAt);
    }

    /// <summary>As the same headers would come over HTTP, where what is no plain text is percent-encoded.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Attributes(IReadOnlyBasicProperties properties) =>
        from header in properties.Headers ?? new Dictionary<string, object?>()
        let prefix = Array.Find(s_prefixes, prefix => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        where prefix is not null && header.Value is not null
        select KeyValuePair.Create(HttpPrefix + header.Key[prefix.Length..], Encode(header.Value));

    private static string Encode(object value)
    {
        var bytes = value switch
        {
            byte[] raw => raw,
            bool yes => yes ? "true"u8.ToArray() : "false"u8.ToArray(),
            AmqpTimestamp at => Encoding.ASCII.GetBytes(DateTimeOffset.FromUnixTimeSeconds(at.UnixTime).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            _ => Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
        {
            _ = one is > 0x20 and < 0x7F and not ((byte)'%' or (byte)'"') ? text.Append((char)one) : text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }

        return text.ToString();
    }
}
