using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace OpsConsole.Replay.Targets;

/// <summary>The broker that replays go to, as far as sending needs it; the rest of <c>RabbitMq</c> belongs to intake.</summary>
public sealed class BrokerOptions
{
    public const string Section = "RabbitMq";

    public string? Uri { get; init; }
}

/// <summary>One connection to the broker for all replays of this node, and one channel on which every message is confirmed; made when it is needed, and anew when it is lost.</summary>
internal sealed class BrokerConnection(IOptions<BrokerOptions> options) : IAsyncDisposable
{
    // Far above what one target sends at once.
    private const int Unconfirmed = 512;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <exception cref="InvalidOperationException">No broker is set.</exception>
    public async Task<IChannel> Channel(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } ready)
        {
            return ready;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_channel is { IsOpen: true } opened)
            {
                return opened;
            }

            if (_connection is not { IsOpen: true })
            {
                await Close();
                var uri = options.Value.Uri is { Length: > 0 } set ? new Uri(set) : throw new InvalidOperationException("No broker is set (RabbitMq:Uri).");
                var factory = new ConnectionFactory
                {
                    Uri = uri, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(20),
                    ClientProvidedName = $"OpsConsole replays {Environment.MachineName}/{Environment.ProcessId}",
                };
                _connection = await factory.CreateConnectionAsync(cancellationToken);
            }

            var confirmed = new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(Unconfirmed));
            return _channel = await _connection.CreateChannelAsync(confirmed, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _gate.Dispose();
    }

    private async Task Close()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        (_channel, _connection) = (null, null);
    }
}
