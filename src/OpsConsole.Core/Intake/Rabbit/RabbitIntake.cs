using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;
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
        await Task.WhenAll(parts.Feeds(options.Value).Select(feed => Keep(feed, uri, stoppingToken)));
    }

    private async Task Keep(QueueFeed feed, Uri uri, CancellationToken stoppingToken)
    {
        var broker = $"{uri.Host}:{uri.Port}";
        for (var pause = s_shortestPause; !stoppingToken.IsCancellationRequested; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                if (await Take(feed, uri, broker, stoppingToken))
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
    private async Task<bool> Take(QueueFeed feed, Uri uri, string broker, CancellationToken stoppingToken)
    {
        try
        {
            if (await feed.Source.Find(stoppingToken) is null)
            {
                log.SourceMayNot(feed.Source.Name);
                state.Set(feed.Queue, flows: false, $"The source {feed.Source.Name} is disabled or lacks the scope events: the broker's queue is left alone.");
                return false;
            }

            await parts.Flush.Probe(stoppingToken);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException) || !stoppingToken.IsCancellationRequested)
        {
            return NotStored(feed, failure);
        }

        try
        {
            return await Consume(feed, uri, broker, stoppingToken) is not ConsumptionEnd.NotStored || NotStored(feed, null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            return BrokerAway(feed, failure, broker);
        }
    }

    private async Task<ConsumptionEnd> Consume(QueueFeed feed, Uri uri, string broker, CancellationToken stoppingToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = uri, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(20),
            ClientProvidedName = $"OpsConsole {Environment.MachineName}/{Environment.ProcessId}",
        };
        await using var connection = await factory.CreateConnectionAsync(stoppingToken);
        if (feed.Ours && !await RabbitQueues.Declare(connection, stoppingToken))
        {
            log.DeclaredOtherwise(RabbitQueues.Events);
        }

        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.BasicQosAsync(0, (ushort)options.Value.Prefetch, global: false, stoppingToken);
        using var consumption = new Consumption(channel, feed, parts.Queue, intake.Value.MaxBodyBytes, clock, log);
        log.Consuming(feed.Queue, broker, feed.Source.Name);
        state.Set(feed.Queue, flows: true, $"Messages of {feed.Queue} at {broker} are taken in as {feed.Source.Name}{(feed.Ours ? "" : ", and become exceptions")}.");
        var end = await consumption.Run(stoppingToken);
        if (end is ConsumptionEnd.ChannelGone)
        {
            BrokerAway(feed, null, broker);
        }

        return end;
    }

    private bool BrokerAway(QueueFeed feed, Exception? failure, string broker)
    {
        var isNew = state.Of(feed.Queue) is not { Flows: false };
        if (isNew)
        {
            log.BrokerAway(failure, broker);
        }

        state.Set(feed.Queue, flows: false, $"Queue {feed.Queue}: the broker {broker} cannot be reached, or does not have it; it is tried again.");
        return isNew;
    }

    private bool NotStored(QueueFeed feed, Exception? failure)
    {
        var isNew = state.Of(feed.Queue) is not { Flows: false };
        if (isNew)
        {
            log.NotStored(failure);
        }

        state.Set(feed.Queue, flows: false, $"Queue {feed.Queue}: the database takes nothing now, and messages stay at the broker.");
        return isNew;
    }
}

/// <summary>What intake from a broker is made of.</summary>
internal sealed record RabbitParts(IDbContextFactory<OpsDb> Contexts, MessageReader Reader, DeadLetterReader DeadLetters, IntakeQueue Queue, IntakeFlush Flush, TimeProvider Clock)
{
    /// <summary>The contract's own queue, and every dead-letter queue that is watched.</summary>
    public IReadOnlyList<QueueFeed> Feeds(RabbitOptions options) =>
        [
            new QueueFeed(RabbitQueues.Events, Source(options.Source), Ours: true, Reader.Read),
            .. options.DeadLetters.Select(letters => new QueueFeed(letters.Queue, Source(letters.Source), Ours: false, (properties, body, sender) => DeadLetters.Read(letters, properties, body, sender))),
        ];

    private RabbitSource Source(string name) => new(Contexts, name.Trim(), Clock);
}
