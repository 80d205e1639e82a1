using System.Threading.Channels;
using OpsConsole.Sources;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpsConsole.Intake.Rabbit;

/// <summary>Why a consumption ended.</summary>
internal enum ConsumptionEnd
{
    /// <summary>By itself, and all it had is acknowledged.</summary>
    Stopped,

    /// <summary>The broker closed the channel.</summary>
    ChannelGone,

    /// <summary>Something could not be stored.</summary>
    NotStored,
}

/// <summary>
/// The messages of one channel on their way: handed to the queue as they come, acknowledged in their order after the commit, many at
/// once. What is not acknowledged when the channel is closed goes back to the broker's queue by itself.
/// </summary>
internal sealed class Consumption(IChannel channel, QueueFeed feed, IntakeQueue queue, long mostBytes, TimeProvider clock, ILogger log) : IDisposable
{
    private static readonly TimeSpan s_pauseForRoom = TimeSpan.FromMilliseconds(50);

    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();

    public void Dispose() => _ended.Dispose();

    /// <summary>Takes messages in until one of the ends.</summary>
    public async Task<ConsumptionEnd> Run(CancellationToken stoppingToken)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += Receive;
        consumer.UnregisteredAsync += (_, _) => Complete();          // comes after the last message that was under way
        channel.ChannelShutdownAsync += (_, _) => Complete();
        try
        {
            var tag = await channel.BasicConsumeAsync(feed.Queue, autoAck: false, consumer, stoppingToken);
            await using var stop = stoppingToken.Register(() => _ = Cancel(tag));
            return !await Acknowledge() ? ConsumptionEnd.NotStored : channel.IsOpen ? ConsumptionEnd.Stopped : ConsumptionEnd.ChannelGone;
        }
        finally
        {
            await _ended.CancelAsync();
            await channel.CloseAsync(CancellationToken.None);
            await Release();
        }
    }

    private async Task Receive(object sender, BasicDeliverEventArgs message)
    {
        try
        {
            if (message.Body.Length > mostBytes && !feed.Ours)
            {
                log.TooLarge(feed.Queue, message.Body.Length, mostBytes);
                await _pending.Writer.WriteAsync(new Pending(message.DeliveryTag, null, null, Task.FromResult(false)));
            }
            else if (message.Body.Length > mostBytes)
            {
                log.Poisoned(RabbitQueues.Poison, $"It has {message.Body.Length} bytes and may have {mostBytes}.");
                await _pending.Writer.WriteAsync(new Pending(message.DeliveryTag, null, null, Task.FromResult(true)));
            }
            else if (await feed.Source.Current(_ended.Token) is { } allowed)
            {
                await Enter(message, allowed);
            }
            else
            {
                log.SourceMayNot(feed.Source.Name);
                await Complete();
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            // Ended meanwhile: the message was not acknowledged, so the broker still has it.
        }
    }

    private async Task Enter(BasicDeliverEventArgs message, Sender sender)
    {
        // The client's buffer is only lent.
        var body = await Copy(message.Body, sender);
        var delivery = feed.Read(message.BasicProperties, body.Memory, sender);
        if (!_pending.Writer.TryWrite(new Pending(message.DeliveryTag, body, delivery, queue.Settle(delivery))))
        {
            await delivery.Settled;
            body.Dispose();
        }
    }

    /// <summary>Waits for room in the memory that senders share: meanwhile nothing more is taken from the broker.</summary>
    private async Task<PooledBody> Copy(ReadOnlyMemory<byte> bytes, Sender sender)
    {
        var body = queue.Rent(sender.Lane);
        while (true)
        {
            if (body.Room(Math.Max(bytes.Length, 1)) is { } room)
            {
                bytes.CopyTo(room);
                body.Advance(bytes.Length);
                return body;
            }

            await Task.Delay(s_pauseForRoom, clock, _ended.Token);
        }
    }

    /// <returns>False when one could not be stored; it and all after it are left unacknowledged.</returns>
    private async Task<bool> Acknowledge()
    {
        while (await _pending.Reader.WaitToReadAsync())
        {
            ulong upTo = 0;
            while (_pending.Reader.TryPeek(out var next) && (upTo == 0 || next.Settled.IsCompleted) && _pending.Reader.TryRead(out next))
            {
                var stored = await next.Settled;
                next.Body?.Dispose();
                if (!stored)
                {
                    await AcknowledgeUpTo(upTo);
                    return false;
                }

                upTo = feed.Ours && next.IsPoison ? await Reject(next, upTo) : next.Tag;
            }

            await AcknowledgeUpTo(upTo);
        }

        return true;
    }

    private async Task<ulong> Reject(Pending poison, ulong upTo)
    {
        await AcknowledgeUpTo(upTo);
        if (channel.IsOpen)
        {
            await channel.BasicNackAsync(poison.Tag, multiple: false, requeue: false);
            if (poison.Delivery is { } delivery)
            {
                log.Poisoned(RabbitQueues.Poison, delivery.Readings[0].Refused?.Message ?? "");
            }
        }

        return 0;
    }

    private async Task AcknowledgeUpTo(ulong tag)
    {
        if (tag > 0 && channel.IsOpen)
        {
            await channel.BasicAckAsync(tag, multiple: true);
        }
    }

    private async Task Cancel(string tag)
    {
        try
        {
            await channel.BasicCancelAsync(tag);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            await Complete();
        }
    }

    private Task Complete()
    {
        _pending.Writer.TryComplete();
        return Task.CompletedTask;
    }

    /// <summary>Gives the memory back of what was handed in and is not acknowledged any more.</summary>
    private async Task Release()
    {
        await Complete();
        await foreach (var left in _pending.Reader.ReadAllAsync())
        {
            await left.Settled;
            left.Body?.Dispose();
        }
    }

    private sealed record Pending(ulong Tag, PooledBody? Body, Delivery? Delivery, Task<bool> Settled)
    {
        /// <summary>Kept in the quarantine, or too large for it: in either case not for this queue any more.</summary>
        public bool IsPoison => Delivery is null || Delivery.Readings.Any(reading => reading.Verdict is Verdict.Quarantined);
    }
}
