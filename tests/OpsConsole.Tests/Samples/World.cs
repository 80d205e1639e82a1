using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Intake;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Routing;
using OpsConsole.Outgoing;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Samples;

/// <summary>An empty console on a database of its own: no worker runs by itself, the clock stands still, and the verbs are the domain's.</summary>
internal sealed class World : IAsyncDisposable
{
    // The targets of tests listen on this machine.
    private static readonly Dictionary<string, string?> s_settings = new() { [OutgoingRules.Setting] = "127.0.0.0/8" };

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private IntakeWriter? _writer;

    private World(TestDatabase database, IDictionary<string, string?> settings)
    {
        _database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(s_settings).AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock).AddSingleton<IConfiguration>(configuration).AddSingleton<IDbContextFactory<OpsDb>>(database);
        services.AddScoped(_ => database.CreateDbContext());
        services.AddSingleton(_ =>
        {
            using var db = database.CreateDbContext();
            return db.Dialect;
        });
        services.AddSingleton<ISecretBox, PlainBox>().AddKeyedSingleton<ISecretBox, PlainBox>(SecondFactor.Box);
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error));
        services.AddCore(configuration);
        services.AddSingleton(this).AddTransient(typeof(IPipelineBehavior<,>), typeof(LimitBehind<,>));
        _services = services.BuildServiceProvider();
    }

    public TestClock Clock { get; } = new();

    /// <summary>The database is told that whoever asks may see this only, whatever they may see by the console's own conditions.</summary>
    public Scope? Behind { get; set; }

    public static async Task<World> Start<TBrand>(params (string Key, string Value)[] settings)
        where TBrand : IDatabaseBrand
    {
        var world = new World(await TBrand.Start(), settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        await world.Seed();
        return world;
    }

    public OpsDb Open() => _database.CreateDbContext();

    /// <summary>Facts say this now; nobody has looked yet.</summary>
    public async Task Says(params IReadOnlyList<FailureSample> failures)
    {
        await using var db = Open();
        var ids = failures.Select(failure => failure.CaseId).ToList();
        var versions = await db.Signals.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Version);
        await db.Dialect.InsertMissing(db, [.. failures.Select(failure => failure.Fact()).OrderBy(fact => Convert.ToHexString(fact.Key))], CancellationToken.None);
        await db.Dialect.Upsert(db, [.. failures.Select(failure => failure.Signal(versions.GetValueOrDefault(failure.CaseId) + 1)).OrderBy(s => s.Id)], CancellationToken.None);
    }

    /// <summary>Facts say this, and the workers have taken it in.</summary>
    public async Task<ExceptionCase> Fails(FailureSample? failure = null)
    {
        failure ??= new FailureSample();
        await Says(failure);
        await Look();
        return await Case(failure.CaseId);
    }

    /// <summary>The case worker and the router work until they have nothing left.</summary>
    public async Task Look()
    {
        await Run<CaseWorker>(worker => worker.Look(default));
        await Run<RoutingWorker>(worker => worker.Look(default));
    }

    /// <summary>What is due is sent, then proofs are looked for and what may go on is let go.</summary>
    public async Task LookForReplays()
    {
        await Run<ReplayWorker>(worker => worker.Look(default));
        await Run<ProofWorker>(worker => worker.Look(default));
    }

    /// <summary>Bulks, replays and proofs take turns until nothing moves any more; the clock moves between them.</summary>
    public async Task Work(int turns = 12)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            await Run<BulkWorker>(worker => worker.Look(default));
            await LookForReplays();
            Clock.Pass(TimeSpan.FromSeconds(2));
        }
    }

    public async Task Run<TWorker>(Func<TWorker, Task<bool>> look)
        where TWorker : class
    {
        var worker = ActivatorUtilities.CreateInstance<TWorker>(_services);
        while (await look(worker))
        {
        }

        await Free();
    }

    public async Task<TAnswer> Send<TAnswer>(IRequest<TAnswer> request)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>As <see cref="Send{TAnswer}"/>, for answers that go on reading while they are used.</summary>
    public async Task Within<TAnswer>(IRequest<TAnswer> request, Func<TAnswer, Task> use)
    {
        await using var scope = _services.CreateAsyncScope();
        await use(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request));
    }

    /// <summary>Asks what was known at a moment. The clock must stand behind it by more than it takes to settle.</summary>
    public async Task<TAnswer> SendAsOf<TAnswer>(DateTimeOffset at, IRequest<TAnswer> request)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.LookAt(at);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public Task RaiseWall() => _database.RaiseWall();

    public OpsDb AsOf(DateTimeOffset at) => _database.AsOf(at);

    public Task<DateTimeOffset> Moment() => _database.Moment();

    public async Task<ExceptionCase> Case(Guid id)
    {
        await using var db = Open();
        return await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    public async Task<List<CaseStep>> Steps(Guid id)
    {
        await using var db = Open();
        return await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Version).ToListAsync();
    }

    public async Task<List<ReplayItem>> Replays(Guid id)
    {
        await using var db = Open();
        return await db.ReplayItems.AsNoTracking().Where(r => r.CaseId == id).OrderBy(r => r.CreatedAt).ToListAsync();
    }

    /// <summary>Registers the server as the target <c>erp-invoices</c>.</summary>
    public Task<Outcome<TargetRow>> Register(TestTarget target, bool readBack = true, string? secret = null, string? url = null) => Send(new SaveTarget(
        "erp-invoices", new TargetBody(url ?? target.Url, ReadBackUrl: readBack ? $"{target.Url}/{{id}}" : null, ProofSeconds: 60, Secret: secret), Staff.Root));

    /// <summary>Found, claimed by Ines, and on its way.</summary>
    public async Task<ExceptionCase> Replayed(FailureSample? failure = null)
    {
        var found = await Fails(failure);
        await Claim(found.Id, Staff.Ines);
        var replayed = await Send(new ReplayCase(found.Id, null, "", Staff.Ines));
        Assert.True(replayed.Accepted, replayed.Refusal?.Message);
        return found;
    }

    public Task<Outcome<CaseStep>> Claim(Guid id, Actor actor, int? version = null) => Send(new ClaimCase(id, version, "", actor));

    /// <summary>From here on what is handed to the intake queue is written.</summary>
    public async Task Receive()
    {
        _writer = ActivatorUtilities.CreateInstance<IntakeWriter>(_services);
        await _writer.StartAsync(default);
    }

    public TPart Part<TPart>()
        where TPart : notnull =>
        _services.GetRequiredService<TPart>();

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.StopAsync(default);
        }

        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    // The next worker of the same name is another holder and need not wait for this one's lease to end.
    private async Task Free()
    {
        await using var db = Open();
        await db.Leases.ExecuteDeleteAsync();
    }

    private async Task Seed()
    {
        await using (var db = Open())
        {
            var (always, now) = (Clock.Now.AddYears(1), Clock.Now);
            db.Sessions.Add(new Session { Id = Staff.Session, PersonId = Guid.NewGuid(), Method = SignInMethod.Password, Device = "Chrome on Linux", StartedAt = now, LastSeenAt = always, ConfirmedAt = always, FullyConfirmedAt = always });
            await db.SaveChangesAsync();
        }

        await ActivatorUtilities.CreateInstance<SeedRules>(_services).StartAsync(default);
        await ActivatorUtilities.CreateInstance<SeedFourEyes>(_services).StartAsync(default);
    }

    /// <summary>Runs a part of the start that a test needs.</summary>
    public Task Prepare<TSeed>()
        where TSeed : class, IHostedService =>
        ActivatorUtilities.CreateInstance<TSeed>(_services).StartAsync(default);

    private sealed class LimitBehind<TRequest, TAnswer>(World world, OpsDb db) : IPipelineBehavior<TRequest, TAnswer>
    {
        public Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
        {
            db.Rows = world.Behind ?? db.Rows;
            return next();
        }
    }

    private sealed class PlainBox : ISecretBox
    {
        public string Protect(string secret) => $"kept {secret}";

        public string Unprotect(string kept) => kept["kept ".Length..];
    }
}
