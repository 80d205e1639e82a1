using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Contracts;
using OpsConsole.Intake;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Intake;

/// <summary>Queue and writer over an empty database.</summary>
internal sealed class IntakeWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly IntakeWriter _writer;
    private readonly IntakeMetrics _metrics;

    private IntakeWorld(TestDatabase database, IntakeQueue queue, FreshFacts fresh, IntakeWriter writer, IntakeMetrics metrics) =>
        (_database, Queue, Fresh, _writer, _metrics) = (database, queue, fresh, writer, metrics);

    public IntakeQueue Queue { get; }

    public FreshFacts Fresh { get; }

    public static async Task<IntakeWorld> Start(Func<Task<TestDatabase>> start)
    {
        var database = await start();
        var options = Options.Create(new IntakeOptions());
        var queue = new IntakeQueue(options, Options.Create(new LaneOptions()), TimeProvider.System);
        var paces = new FoldPaces(options, Options.Create(new LaneOptions()), TimeProvider.System);
        var metrics = new IntakeMetrics(queue, paces);
        var fresh = new FreshFacts(TimeProvider.System);
        await using var db = database.CreateDbContext();
        db.Sources.Add(new Source { Id = EventJson.Anybody.SourceId, Name = EventJson.Anybody.Name, Scopes = KeyScopes.All, CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
        var writer = new IntakeWriter(
            queue, new IntakeFlush(database, fresh, new IntakeRules(database, new ContractShelf(), new FieldSeal(database, new OpenBox(), TimeProvider.System), TimeProvider.System), Options.Create(new LaneOptions()), TimeProvider.System), metrics, db.Dialect, new WorkSignals(), paces, options, TimeProvider.System, NullLogger<IntakeWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);
        return new IntakeWorld(database, queue, fresh, writer, metrics);
    }

    /// <summary>With which fields are sealed.</summary>
    public Task<byte[]> Key() => new FieldSeal(_database, new OpenBox(), TimeProvider.System).Key(default);

    public OpsDb Db() => _database.CreateDbContext();

    /// <returns>What became of each event.</returns>
    public async Task<IReadOnlyList<Verdict>> Send(params IEnumerable<string> events)
    {
        var delivery = EventJson.Batch(Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]")).Value!;
        Assert.True(await Queue.Settle(delivery));
        return [.. delivery.Readings.Select(reading => reading.Verdict)];
    }

    /// <summary>What another node knows of the backlog: nothing yet.</summary>
    public static FoldPaces OtherNode() => new(Options.Create(new IntakeOptions()), Options.Create(new LaneOptions()), TimeProvider.System);

    public async Task Look(FoldPaces paces)
    {
        using var watch = new BacklogWatch(_database, paces, TimeProvider.System, NullLogger<BacklogWatch>.Instance);
        await watch.Look(CancellationToken.None);
    }

    public async Task<bool> Settle(Delivery delivery) => await Queue.Settle(delivery);

    private sealed class OpenBox : ISecretBox
    {
        public string Protect(string secret) => secret;

        public string Unprotect(string kept) => kept;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync(CancellationToken.None);
        _writer.Dispose();
        _metrics.Dispose();
        await _database.DisposeAsync();
    }
}
