using System.Text;
using OpsConsole.E2E.Infrastructure;
using RabbitMQ.Client;

namespace OpsConsole.E2E.Promises;

/// <summary>A publisher on a broker: every message is confirmed, so that whatever is missing afterwards was lost by the console.</summary>
internal sealed class Mail : IAsyncDisposable
{
    public const string Queue = "opsconsole.events";
    public const string Poison = "opsconsole.events.poison";
    private const int Together = 100;

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private Mail(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<Mail> Open(Broker broker)
    {
        var connection = await broker.Connect();
        return new Mail(connection, await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(4 * Together))));
    }

    /// <summary>In structured mode.</summary>
    public async Task Publish(IEnumerable<string> events)
    {
        foreach (var part in events.Chunk(Together))
        {
            await Task.WhenAll(part.Select(body => Publish(Encoding.UTF8.GetBytes(body), new BasicProperties { ContentType = "application/cloudevents+json" })));
        }
    }

    public async Task Publish(byte[] body, BasicProperties properties)
    {
        properties.Persistent = true;
        await _channel.BasicPublishAsync("", Queue, mandatory: true, properties, body);
    }

    /// <summary>So many new events, noted with their ids.</summary>
    public async Task PublishNew(List<string> published, int count)
    {
        string[] ids = [.. Enumerable.Range(published.Count, count).Select(number => $"mail-{number}")];
        await Publish(ids.Select(id => Load.Event(id)));
        published.AddRange(ids);
    }

    /// <summary>Waits until every one of them is stored.</summary>
    public async Task AllIsStored(Stage stage, IReadOnlyCollection<string> ids)
    {
        List<string> missing = [];
        await Eventually.Is(
            async () =>
            {
                var stored = await History.Stored(stage);
                missing = [.. ids.Where(id => !stored.ContainsKey(id))];
                return missing.Count == 0;
            },
            "every message is stored",
            TimeSpan.FromMinutes(5),
            async () => $"{missing.Count} are missing, {await Waiting()} wait at the broker: {string.Join(' ', missing.Take(5))}\n{stage.ConsoleTail()}");
    }

    public async Task<uint> Waiting(string queue = Queue) => (await _channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    /// <summary>The first message of a queue; it stays there until the connection ends.</summary>
    public async Task<byte[]?> Peek(string queue) => (await _channel.BasicGetAsync(queue, autoAck: false))?.Body.ToArray();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
