using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace OpsConsole.Intake.Rabbit;

/// <summary>
/// Takes the events of a broker's queue in (wire contract §4), for as long as the process runs: connects again after every end, and
/// leaves the messages at the broker while the database takes nothing.
/// </summary>
internal sealed class RabbitIntake(
    IOptions<RabbitOptions> options, IOptions<IntakeOptions> intake, RabbitParts parts, RabbitState state, TimeProvider clock, ILogger<RabbitIntake> log) : BackgroundService
{
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Uri))
        {
            return;
        }

        var uri = new Uri(options.Value.Uri);
        var broker = $"{uri.Host}:{uri.Port}";
        for (var pause = s_shortestPause; !stoppingToken.IsCancellationRequested; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                if (await Take(uri, broker, stoppingToken))
                {
                    pause = s_shortestPause;
                }

                await Task.Delay(pause, clock, stoppingToken);
            }
            catch (Exception failure) when (stoppingToken.IsCancellationRequested && failure is not OutOfMemoryException)
            {
                // Whatever it was, what is not acknowledged is at the broker still.
                return;
            }
        }
    }

    /// <returns>True when the trouble is new, so that the next try comes soon.</returns>
    private async Task<bool> Take(Uri uri, string broker, CancellationToken stoppingToken)
    {
        try
        {
            if (await parts.Source.Find(stoppingToken) is null)
            {
                log.SourceMayNot(parts.Source.Name);
                state.Set(flows: false, $"The source {parts.Source.Name} is disabled or lacks the scope events: the broker's queue is left alone.");
                return false;
            }

            await parts.Flush.Probe(stoppingToken);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException) || !stoppingToken.IsCancellationRequested)
        {
            return NotStored(failure);
        }

        try
        {
            return await Consume(uri, broker, stoppingToken) is not ConsumptionEnd.NotStored || NotStored(null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            return BrokerAway(failure, broker);
        }
    }

    private async Task<ConsumptionEnd> Consume(Uri uri, string broker, CancellationToken stoppingToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = uri, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(20),
            ClientProvidedName = $"OpsConsole {Environment.MachineName}/{Environment.ProcessId}",
        };
        await using var connection = await factory.CreateConnectionAsync(stoppingToken);
        if (!await RabbitQueues.Declare(connection, stoppingToken))
        {
            log.DeclaredOtherwise(RabbitQueues.Events);
        }

        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.BasicQosAsync(0, (ushort)options.Value.Prefetch, global: false, stoppingToken);
        using var consumption = new Consumption(channel, parts.Reader, parts.Source, parts.Queue, intake.Value.MaxBodyBytes, clock, log);
        log.Consuming(RabbitQueues.Events, broker, parts.Source.Name);
        state.Set(flows: true, $"Messages of {RabbitQueues.Events} at {broker} are taken in as {parts.Source.Name}.");
        var end = await consumption.Run(stoppingToken);
        if (end is ConsumptionEnd.ChannelGone)
        {
            BrokerAway(null, broker);
        }

        return end;
    }

    private bool BrokerAway(Exception? failure, string broker)
    {
        var isNew = state.Flows || state.Sentence is null;
        if (isNew)
        {
            log.BrokerAway(failure, broker);
        }

        state.Set(flows: false, $"The broker {broker} cannot be reached; it is tried again.");
        return isNew;
    }

    private bool NotStored(Exception? failure)
    {
        var isNew = state.Flows || state.Sentence is null;
        if (isNew)
        {
            log.NotStored(failure);
        }

        state.Set(flows: false, "The database takes nothing now: messages stay at the broker.");
        return isNew;
    }
}

/// <summary>What intake from a broker is made of.</summary>
internal sealed record RabbitParts(RabbitSource Source, MessageReader Reader, IntakeQueue Queue, IntakeFlush Flush);
