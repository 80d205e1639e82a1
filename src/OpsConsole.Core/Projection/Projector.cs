using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Flows;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>
/// Turns stored events into everything that is shown. One node folds at a time: it holds a lease, and every transaction checks the epoch
/// under which it was given. Pending batches are taken oldest first within their lane, each lane its share while several have some; a batch
/// and its mark are one transaction, so a crash repeats, never skips.
/// </summary>
public sealed class Projector(
    IDbContextFactory<OpsDb> databases, FreshFacts fresh, WorkSignals bells, IOptions<LaneOptions> lanes, TimeProvider clock, ILogger<Projector> log)
    : LeasedWorker(databases, bells.Facts, TimeSpan.FromMilliseconds(500), log)
{
    /// <summary>Most facts of a turn. The more come together, the fewer objects and transactions are read and written again; what is urgent waits for the turn to end.</summary>
    internal const int FactsPerFold = 20_000;

    private const int BatchesPerLook = 200;
    private readonly IDbContextFactory<OpsDb> _databases = databases;

    // How far folding a flow again has come. Another node starts over: doing a chunk twice does no harm.
    private (string Flow, int Version, long Calendars, Guid After)? _refolding;

    private long _epoch;

    /// <summary>Long histories that this projector has in memory.</summary>
    internal LongFacts Known { get; init; } = new();

    protected override string LeaseName => "projector";

    /// <summary>Folds what waits, up to a few thousand facts, or a chunk of a flow that was set.</summary>
    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        if (_epoch != epoch)
        {
            _epoch = epoch;
            Known.Forget();
            fresh.Clear();
        }

        List<Flow> stored;
        List<Batch> pending;
        var calendars = CalendarBook.Empty;
        await using (var db = await _databases.CreateDbContextAsync(cancellationToken))
        {
            stored = await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).ToListAsync(cancellationToken);
            pending = await Pending(db, cancellationToken);
        }

        var definitions = stored.ConvertAll(flow => FlowDefinition.FromJson(flow.Definition));
        if (definitions.Exists(flow => flow.ByCalendar))
        {
            await using var db = await _databases.CreateDbContextAsync(cancellationToken);
            calendars = await CalendarBook.Read(db, cancellationToken);
        }

        var flows = new FlowSet(definitions, calendars);
        if (stored.Find(flow => IsStale(flow, flows)) is { } stale)
        {
            await FoldFlow(stale, flows, epoch, cancellationToken);
            return true;
        }

        if (pending.Count > 0)
        {
            await FoldEvents(pending, flows, epoch, cancellationToken);
        }

        return pending.Count > 0;
    }

    private static bool IsStale(Flow flow, FlowSet flows) =>
        flow.FoldedVersion < flow.Version || (flow.FoldedCalendars != flows.Calendars.Stamp && flows.Definitions.Any(one => one.Name == flow.Name && one.ByCalendar));

    /// <summary>What the next fold takes.</summary>
    private async Task<List<Batch>> Pending(OpsDb db, CancellationToken cancellationToken)
    {
        var queues = new LaneQueues<Batch>(lanes.Value, batch => batch.Lane, batch => batch.Facts);
        foreach (var lane in LaneOptions.All)
        {
            var oldest = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null && batch.Kind == FactKind.Events && batch.Lane == lane)
                .OrderBy(batch => batch.ReceivedAt).ThenBy(batch => batch.Id).Take(BatchesPerLook).ToListAsync(cancellationToken);
            oldest.ForEach(queues.Add);
        }

        return queues.Take(FactsPerFold);
    }

    private async Task FoldEvents(List<Batch> batches, FlowSet flows, long epoch, CancellationToken cancellationToken)
    {
        try
        {
            await FoldEvents(batches, null, flows, epoch, cancellationToken);
        }
        catch (Exception failure) when (!IsTransient(failure) && failure is not OperationCanceledException)
        {
            // Some fact in here cannot be folded. One by one shows which; the others must not wait for it.
            log.FoldingOneByOne(failure, batches.Count);
            foreach (var batch in batches)
            {
                await FoldOneByOne(batch, flows, epoch, cancellationToken);
            }
        }

        fresh.Forget(batches.Select(batch => batch.Id));
    }

    private async Task FoldOneByOne(Batch batch, FlowSet flows, long epoch, CancellationToken cancellationToken)
    {
        List<byte[]> keys;
        await using (var db = await _databases.CreateDbContextAsync(cancellationToken))
        {
            keys = await db.Events.Where(e => e.BatchId == batch.Id).Select(e => e.Key).ToListAsync(cancellationToken);
        }

        foreach (var key in keys)
        {
            try
            {
                await FoldEvents([batch], key, flows, epoch, cancellationToken);
            }
            catch (Exception failure) when (!IsTransient(failure) && failure is not OperationCanceledException)
            {
                log.FactParked(failure, Convert.ToHexStringLower(key));
                Known.Forget();
                await Commit(epoch, db => Park(db, key, failure, cancellationToken), cancellationToken);
            }
        }

        await Commit(epoch, db => Batch.MarkFolded(db, [batch.Id], clock.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private async Task FoldEvents(List<Batch> batches, byte[]? only, FlowSet flows, long epoch, CancellationToken cancellationToken)
    {
        FoldRun? run = null;
        await Commit(epoch, async db => await FoldEvents(run = new FoldRun(db, flows.Definitions, flows.Calendars, Known), batches, only, cancellationToken), cancellationToken);
        if (run is { Renamed: false, Facts: var folded })
        {
            Known.Keep(folded);
        }
        else
        {
            Known.Forget();
        }
    }

    private async Task FoldEvents(FoldRun run, List<Batch> batches, byte[]? only, CancellationToken cancellationToken)
    {
        var db = run.Db;
        var events = only is null
            ? await Facts(db, batches, cancellationToken)
            : await db.Events.AsNoTracking().Where(e => e.Key == only).Select(Events.Fact.Of).ToListAsync(cancellationToken);
        await EventFolder.Fold(run, events, cancellationToken);
        if (only is null)
        {
            await Batch.MarkFolded(db, [.. batches.Select(batch => batch.Id)], clock.GetUtcNow(), cancellationToken);
        }

        await Announce(db, run.Units, cancellationToken);
    }

    private async Task<IReadOnlyList<Events.Fact>> Facts(OpsDb db, List<Batch> batches, CancellationToken cancellationToken)
    {
        var facts = new List<Events.Fact>(batches.Sum(batch => batch.Facts));
        var unread = new List<Guid>();
        foreach (var batch in batches)
        {
            if (fresh.Find(batch.Id) is { } kept)
            {
                facts.AddRange(kept);
            }
            else
            {
                unread.Add(batch.Id);
            }
        }

        if (unread.Count > 0)
        {
            var ids = unread.ToArray();
            facts.AddRange(await db.Events.AsNoTracking().Where(e => ids.Contains(e.BatchId)).Select(Events.Fact.Of).ToListAsync(cancellationToken));
        }

        return facts;
    }

    private async Task FoldFlow(Flow stale, FlowSet flows, long epoch, CancellationToken cancellationToken)
    {
        var flow = FlowDefinition.FromJson(stale.Definition);
        var stamp = flows.Calendars.Stamp;
        var from = _refolding is { } going && (going.Flow, going.Version, going.Calendars) == (stale.Name, stale.Version, stamp) ? going.After : Guid.Empty;
        Guid? after = null;
        await Commit(
            epoch,
            async db =>
            {
                if (from == Guid.Empty)
                {
                    await FlowFolder.Clear(db, flow, cancellationToken);
                }

                after = await FlowFolder.Fold(new FoldRun(db, flows.Definitions, flows.Calendars, Known), flow, from, cancellationToken);
                if (after is null)
                {
                    await FlowFolder.Reopen(db, flow.Name, cancellationToken);
                    await db.Flows.Where(row => row.Name == flow.Name)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.FoldedVersion, stale.Version).SetProperty(row => row.FoldedCalendars, stamp), cancellationToken);
                    await Announce(db, [], cancellationToken);
                }
            },
            cancellationToken);
        _refolding = after is { } last ? (stale.Name, stale.Version, stamp, last) : null;
        if (after is null)
        {
            log.FlowFolded(flow.Name, stale.Version);
        }
    }

    private async Task Commit(long epoch, Func<OpsDb, Task> work, CancellationToken cancellationToken)
    {
        await InTransaction(
            epoch,
            async db =>
            {
                await work(db);
                return true;
            },
            cancellationToken);
        bells.Signals.Ring();
        bells.Changes.Ring();
    }

    private Task Park(OpsDb db, byte[] key, Exception failure, CancellationToken cancellationToken) =>
        db.Dialect.InsertMissing(
            db,
            [new ParkedFact { EventKey = key, Reason = failure.Message.Length > 500 ? failure.Message[..500] : failure.Message, ParkedAt = clock.GetUtcNow() }],
            cancellationToken);

    private Task Announce(OpsDb db, IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<Change> news = units.Count == 0
            ? [new Change { Topic = LiveTopic.Facts, At = now }]
            : [.. units.Order(StringComparer.Ordinal).Select(unit => new Change { Topic = LiveTopic.Facts, Unit = unit, At = now })];
        return db.Dialect.Insert(db, news, cancellationToken);
    }

    private bool IsTransient(Exception failure)
    {
        using var db = _databases.CreateDbContext();
        return db.Dialect.IsTransient(failure);
    }

    /// <summary>What every fold of a turn goes by.</summary>
    private sealed record FlowSet(IReadOnlyList<FlowDefinition> Definitions, CalendarBook Calendars);
}
