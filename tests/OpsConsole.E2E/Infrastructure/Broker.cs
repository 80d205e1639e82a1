using System.Globalization;
using System.Text;
using OpsConsole.E2E.Infrastructure;
using RabbitMQ.Client;

namespace OpsConsole.E2E;

/// <summary>A RabbitMQ broker of a test's own: on free ports of 127.0.0.1, with a folder of its own, ended with the test. It can be stopped and started on the same data.</summary>
public sealed class Broker : IAsyncDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/lib";
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-rabbit-").FullName;
    private readonly int _port = Ports.Free();
    private readonly int _distribution = Ports.Free();
    private readonly int _names = Ports.Free();
    private ChildProcess? _nameServer;
    private ChildProcess? _server;

    /// <summary>As the setting <c>RabbitMq:Uri</c> takes it.</summary>
    public string Uri => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_port}/");

    public static async Task<Broker> Start()
    {
        var broker = new Broker();
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "enabled_plugins"), "[].");
        await File.WriteAllTextAsync(
            Path.Combine(broker._folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.default = 127.0.0.1:{broker._port}\n"));
        broker._nameServer = ChildProcess.StartProgram(
            "epmd", ["-port", broker._names.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1"], broker._folder, Path.Combine(broker._folder, "epmd.log"), []);
        try
        {
            await broker.StartServer();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server, also again after <see cref="Stop"/>, and waits until it takes connections.</summary>
    public async Task StartServer()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _server = ChildProcess.StartProgram(Server(), [], _folder, Path.Combine(_folder, "server.log"), Settings());
        await Eventually.Is(Answers, "the broker answers", s_startPatience, () => Task.FromResult(_server.Tail()));
    }

    /// <summary>
    /// <c>kill -9</c> of the server, once it has written down which quorum queues it holds: it does so seconds after one was declared, and one
    /// that is killed before comes back without them, which is the broker's promise to break and not the console's.
    /// </summary>
    /// <param name="queue">A quorum queue that is to be there afterwards.</param>
    public async Task Stop(string queue)
    {
        await Eventually.Is(() => HasNoted(queue), $"the broker has noted its queue {queue}", explain: () => Task.FromResult(_server!.Tail()));
        await _server!.Kill();
    }

    public Task<IConnection> Connect() => new ConnectionFactory { Uri = new Uri(Uri) }.CreateConnectionAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _server, _nameServer }.OfType<ChildProcess>())
        {
            await process.Kill();
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // Not the wrapper in the path: that one changes the user and wants a system-wide folder.
    private static string Server() =>
        (Directory.Exists(Programs) ? Directory.GetDirectories(Programs, "rabbitmq_server-*") : [])
        .Select(folder => Path.Combine(folder, "sbin", "rabbitmq-server")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("RabbitMQ is missing: install the package rabbitmq-server; deploy/dev/test does.");

    private async Task<bool> HasNoted(string queue)
    {
        var name = Encoding.UTF8.GetBytes(queue);
        foreach (var directory in Directory.EnumerateFiles(_folder, "names.dets", SearchOption.AllDirectories))
        {
            await using var file = new FileStream(directory, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> Answers()
    {
        if (_server!.HasEnded)
        {
            throw new InvalidOperationException($"The broker ended instead of starting.\n{_server.Tail()}");
        }

        try
        {
            await using var connection = await Connect();
            return connection.IsOpen;
        }
        catch (Exception failure) when (failure is RabbitMQ.Client.Exceptions.BrokerUnreachableException or RabbitMQ.Client.Exceptions.OperationInterruptedException or IOException)
        {
            return false;
        }
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"opsconsole{_port}@localhost"),
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_DIST_PORT"] = _distribution.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = _names.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
    };
}
