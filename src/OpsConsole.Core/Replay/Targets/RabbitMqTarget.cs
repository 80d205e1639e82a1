using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpsConsole.Replay.Targets;

/// <summary>
/// Puts a message back where it came from (wire contract §4): to the exchange and routing key of its first death, with its properties and headers as they were. The
/// broker's confirmation is "delivered"; a message that no queue takes is refused.
/// </summary>
internal sealed class RabbitMqTarget(BrokerConnection broker, TimeProvider clock) : IReplayTarget
{
    private const string Prefix = "rabbitmq:";

    public TargetKind Kind => TargetKind.RabbitMq;

    /// <summary>The target that a watched queue's messages go back by.</summary>
    public static string NameOf(string queue) => $"{Prefix}{queue}";

    public static bool IsNamed(string target) => target.StartsWith(Prefix, StringComparison.Ordinal);

    public bool CanBeAsked(ReplayTarget target) => false;

    public Task<Holding> Read(ReplayTarget target, Probe asked, CancellationToken cancellationToken) =>
        Task.FromResult(new Holding(false, false, null, "a broker does not tell what was done with a message"));

    public async Task<SendResult> Send(ReplayTarget target, Sending sending, CancellationToken cancellationToken)
    {
        var trace = ActivityTraceId.CreateRandom();
        var began = clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(target.TimeoutSeconds));
        try
        {
            var letter = sending.Letter is { } kept ? Letter.FromJson(kept) : throw new JsonException("the failure did not come from a dead-letter queue");
            var channel = await broker.Channel(limit.Token);
            await channel.BasicPublishAsync(letter.Exchange, letter.RoutingKey, mandatory: true, Properties(letter, sending), letter.Bytes(sending.Body), limit.Token);
            return Result(SendVerdict.Delivered, $"confirmed by the broker, to {Place(letter)}", null);
        }
        catch (PublishException failure) when (failure.IsReturn)
        {
            return Result(SendVerdict.Refused, "no queue took it: its exchange has no binding for its routing key any more", null);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            return Result(SendVerdict.Refused, failure.Message, null);
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode is 404)
        {
            return Result(SendVerdict.Refused, "the exchange that it came from does not exist any more", null);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or SocketException or IOException or TimeoutException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Result(SendVerdict.Later, null, failure is OperationCanceledException ? $"not confirmed within {target.TimeoutSeconds}s; it may have been taken" : failure.GetBaseException().Message);
        }

        SendResult Result(SendVerdict verdict, string? answer, string? fault) =>
            new(verdict, null, answer, fault, null, clock.GetElapsedTime(began), Convert.FromHexString(trace.ToHexString()));
    }

    private static BasicProperties Properties(Letter letter, Sending sending)
    {
        var properties = letter.ToProperties();
        properties.Headers!["x-opsconsole-exception"] = sending.CaseId.ToString();
        properties.Headers["x-opsconsole-attempt"] = sending.Attempt;
        properties.Headers["x-idempotency-key"] = sending.IdempotencyKey;
        return properties;
    }

    private static string Place(Letter letter) => letter.Exchange.Length == 0 ? $"queue {letter.RoutingKey}" : $"{letter.Exchange} with key {letter.RoutingKey}";
}
