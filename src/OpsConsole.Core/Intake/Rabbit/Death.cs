using System.Collections;
using System.Globalization;
using OpsConsole.Replay.Targets;
using RabbitMQ.Client;

namespace OpsConsole.Intake.Rabbit;

/// <summary>How a message died, as its headers tell: those of the broker, of NServiceBus or of MassTransit.</summary>
/// <param name="Place">Where it was published before its first death; nothing: no header tells.</param>
/// <param name="Queue">The queue in which it died.</param>
/// <param name="Reason">As the broker says: <c>rejected</c>, <c>expired</c>, <c>maxlen</c>, <c>delivery_limit</c>; else <c>failed</c>.</param>
/// <param name="Time">When it died last.</param>
/// <param name="Count">How often it has died there.</param>
internal sealed record Death((string Exchange, string RoutingKey)? Place, string Queue, string Reason, DateTimeOffset? Time, long Count)
{
    public static Death Of(IReadOnlyBasicProperties properties, string watched)
    {
        var headers = properties.Headers ?? new Dictionary<string, object?>();
        string? Text(string name) => headers.TryGetValue(name, out var value) ? AmqpValue.Read(value) : null;
        DateTimeOffset? sent = properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : null;
        var deaths = headers.TryGetValue("x-death", out var kept) && kept is IList list ? list.OfType<IDictionary<string, object?>>().ToList() : [];
        if (deaths.Count > 0)
        {
            var first = deaths.Find(death => Field(death, "queue") == Text("x-first-death-queue") && Field(death, "reason") == Text("x-first-death-reason")) ?? deaths[^1];
            var key = first.TryGetValue("routing-keys", out var keys) && keys is IList { Count: > 0 } some ? AmqpValue.Read(some[0]) : null;
            DateTimeOffset? at = deaths[0].TryGetValue("time", out var time) && time is AmqpTimestamp stamp ? DateTimeOffset.FromUnixTimeSeconds(stamp.UnixTime) : sent;
            var count = deaths[0].TryGetValue("count", out var times) ? Convert.ToInt64(times, CultureInfo.InvariantCulture) : 1;
            return new Death((Field(first, "exchange") ?? "", key ?? Field(first, "queue") ?? ""), Field(first, "queue") ?? watched, Field(deaths[0], "reason") ?? "rejected", at, count);
        }

        // Their retries end in an error queue that they publish to themselves; the failed queue stands in a header.
        var queue = Text("NServiceBus.FailedQ")?.Split('@')[0] ?? (Uri.TryCreate(Text("MT-Fault-InputAddress"), UriKind.Absolute, out var address) ? address.Segments[^1] : null);
        return new Death(queue is null ? null : ("", queue), queue ?? watched, "failed", sent, 1);
    }

    public string Say() => Place is null ? $"A message was put into an error queue; its headers do not say where it came from." : $"Queue {Queue} gave it up: {Reason.Replace('_', ' ')}{(Count > 1 ? $", {Count} times" : "")}.";

    private static string? Field(IDictionary<string, object?> death, string name) => death.TryGetValue(name, out var value) ? AmqpValue.Read(value) : null;
}
