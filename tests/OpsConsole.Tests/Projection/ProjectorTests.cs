using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Projection;

/// <summary>The projector's piecemeal folds on a real database come to what the pure folds of all facts come to.</summary>
public abstract class ProjectorTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Facts_that_arrive_one_by_one_in_any_order_come_to_what_folding_them_at_once_comes_to()
    {
        var random = new Random(7);
        var expected = (await PureFold.Of(FoldTests.Life(), null)).ToString();

        for (var round = 0; round < 6; round++)
        {
            await using var world = await FoldWorld.Start(TBrand.Start, known: round % 2 == 0 ? null : 1);
            await world.Receive(Shuffle.WithRepetitions(FoldTests.Life(), random), 1);

            Assert.Equal(expected, (await world.Answer()).ToString());
        }
    }

    [SharedDataFact("data/fold_vectors.json")]
    public async Task Every_published_scenario_holds_when_its_events_arrive_one_by_one_or_in_pairs()
    {
        var random = new Random(11);
        foreach (var vector in FoldVector.All())
        {
            for (var size = 1; size <= 2; size++)
            {
                await using var world = await FoldWorld.Start(TBrand.Start, known: size == 1 ? 1 : null);
                await world.Set(vector.Flow);
                await world.Receive(Shuffle.WithRepetitions(vector.Events, random), size);

                Assert.Equal($"{vector.Name}\n{vector.Expected}", $"{vector.Name}\n{await world.Answer()}");
            }
        }
    }

    [StorageFact]
    public async Task Invoices_do_not_wait_behind_the_contacts_that_came_before_them()
    {
        await using var world = await FoldWorld.Start(TBrand.Start);
        var contacts = Enumerable.Range(0, Projector.FactsPerFold + 500).Select(i => new SyncSample { Id = $"c{i}", Type = "contact", Entity = $"C{i}" }).ToList();
        foreach (var some in contacts.Chunk(2_500))
        {
            await world.Write(some, Lane.Later);
        }

        await world.Write([new SyncSample { Id = "i1", Type = "invoice", Entity = "INV-1" }], Lane.First);
        await world.FoldOnce();

        var folded = await world.Objects();
        Assert.Contains("invoice/INV-1", folded);
        Assert.InRange(folded.Count, 2, contacts.Count);
    }

    [StorageFact]
    public async Task A_flow_that_is_set_after_its_facts_is_folded_again()
    {
        await using var world = await FoldWorld.Start(TBrand.Start);
        await world.Receive([new SyncSample { Type = "order", Entity = "O1", State = "placed", Unit = "EMEA" }], 1);
        Assert.DoesNotContain("transaction", (await world.Answer()).ToString(), StringComparison.Ordinal);

        await world.Set(new FlowDefinition("orders", "order", [], [new Milestone("placed", "order", "placed")], []));

        Assert.Contains("transaction order/O1: order/O1", (await world.Answer()).ToString(), StringComparison.Ordinal);
    }
}

public static class ProjectorTests
{
    public sealed class On_postgres : ProjectorTests<OnPostgres>;
}

/// <summary>A database, a projector, and hands that deliver facts.</summary>
internal sealed class FoldWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly FreshFacts _fresh = new(TimeProvider.System);
    private readonly Projector _projector;
    private int _written;

    private FoldWorld(TestDatabase database, int? known)
    {
        _database = database;
        _projector = new Projector(database, _fresh, new WorkSignals(), Options.Create(new LaneOptions()), TimeProvider.System, NullLogger<Projector>.Instance)
        {
            Known = known is { } atLeast ? new LongFacts(atLeast) : new LongFacts(),
        };
    }

    /// <param name="start">Makes a database.</param>
    /// <param name="known">Histories from that length on stay in memory; nothing: as the console has it.</param>
    public static async Task<FoldWorld> Start(Func<Task<TestDatabase>> start, int? known = null) => new(await start(), known);

    public async Task Set(FlowDefinition? flow)
    {
        if (flow is not null)
        {
            await using var db = _database.CreateDbContext();
            db.Flows.Add(new Flow { Name = flow.Name, Definition = flow.ToJson(), UpdatedAt = SyncSample.Noon, UpdatedBy = "test" });
            await db.SaveChangesAsync();
            await FoldAll();
        }
    }

    /// <summary>Writes them as intake would, a batch at a time, and folds after each.</summary>
    public async Task Receive(IReadOnlyList<SyncSample> samples, int batchSize)
    {
        foreach (var some in samples.Chunk(batchSize))
        {
            await Write(some, Lane.Normal);
            await FoldAll();
        }
    }

    /// <summary>Writes them as intake would, as one batch of a lane. The facts of every other batch stay in memory too.</summary>
    public async Task Write(IReadOnlyList<SyncSample> samples, Lane lane)
    {
        await using var db = _database.CreateDbContext();
        var batch = Guid.CreateVersion7();
        var events = samples.Select(sample => sample.Build(batch)).DistinctBy(e => Convert.ToHexString(e.Key)).ToList();
        await db.Dialect.InsertMissing(db, events, CancellationToken.None);
        if (_written % 2 == 0)
        {
            _fresh.Keep(await db.Events.AsNoTracking().Where(e => e.BatchId == batch).ToListAsync());
        }

        db.Batches.Add(new Batch { Id = batch, Kind = "events", Lane = lane, Facts = events.Count, ReceivedAt = SyncSample.Noon.AddSeconds(_written++) });
        await db.SaveChangesAsync();
    }

    public Task<bool> FoldOnce() => _projector.Look(CancellationToken.None);

    public async Task<IReadOnlyList<string>> Objects()
    {
        await using var db = _database.CreateDbContext();
        return await db.Objects.AsNoTracking().Select(o => o.Type + "/" + o.Id).ToListAsync();
    }

    public Task<DateTimeOffset> Moment() => _database.Moment();

    /// <param name="at">As it was known then; nothing: as it stands.</param>
    public async Task<FoldAnswer> Answer(DateTimeOffset? at = null)
    {
        await using var db = at is { } moment ? _database.AsOf(moment) : _database.CreateDbContext();
        var objects = await db.Objects.AsNoTracking().ToDictionaryAsync(o => o.Key, o => (Name: $"{o.Type}/{o.Id}", o.Unit));
        var members = (await db.TransactionObjects.AsNoTracking().ToListAsync()).ToLookup(m => m.LeadKey, m => objects[m.ObjectKey].Name);
        return new FoldAnswer(
            objects.Values.Select(o => o.Name),
            (await db.ObjectStates.AsNoTracking().ToListAsync()).Select(s => $"{objects[s.ObjectKey].Name}@{s.System}: {s.State} {s.Outcome.ToString().ToLowerInvariant()}"),
            (await db.Signals.AsNoTracking().Where(s => s.Kind == SignalKind.Failure && !s.Gone).ToListAsync())
                .Select(s => $"{s.ObjectType}/{s.ObjectId}@{s.System} {s.Operation}: {s.Spells} {(s.Open ? "open" : "ended")}"),
            objects.Values.Select(o => $"{o.Name}: {o.Unit}"),
            members.Select(m => $"{objects[m.Key].Name}: {string.Join(' ', m.Order(StringComparer.Ordinal))}"));
    }

    public ValueTask DisposeAsync()
    {
        _projector.Dispose();
        return _database.DisposeAsync();
    }

    private async Task FoldAll()
    {
        while (await _projector.Look(CancellationToken.None))
        {
        }
    }
}
