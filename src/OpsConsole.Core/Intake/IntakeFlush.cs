using Microsoft.Extensions.Options;
using OpsConsole.Events;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake;

/// <summary>One transaction: facts, quarantine, conflicts, counts, the batches that wait to be folded, and the news of it. Idempotent: doing it again after an unknown end is safe.</summary>
internal sealed class IntakeFlush(IDbContextFactory<OpsDb> contexts, FreshFacts fresh, IntakeRules rules, IOptions<LaneOptions> lanes, TimeProvider clock)
{
    /// <summary>Sets every reading's verdict; they count only when this returns.</summary>
    public async Task Write(IReadOnlyList<Portion> portions, Caution caution, CancellationToken cancellationToken)
    {
        var now = CloudEvents.EventTime.Microseconds(clock.GetUtcNow());
        var inForce = await rules.Now(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var spans = NewBatch();
        var events = LaneOptions.All.ToDictionary(lane => lane, _ => NewBatch());
        await QuarantineWrite.Write(db, portions, cancellationToken);
        var written = await EventsWrite.Write(db, portions, fact => events[lanes.Value.Of(fact.EntityType)], inForce, caution, cancellationToken);
        await QuarantineWrite.Supersede(db, [.. written.Select(fact => fact.Key)], now, cancellationToken);
        var stored = await SpansWrite.Write(db, portions, spans, caution, cancellationToken);
        var logs = await LogsWrite.Write(db, portions, caution, cancellationToken);

        var tally = IntakeTally.Of(portions);
        await db.Dialect.Add(db, tally.Counts, cancellationToken);
        await db.Dialect.Add(db, tally.Hours, cancellationToken);
        await db.Dialect.Add(db, tally.Quarters, cancellationToken);
        await db.Dialect.Insert(db, [.. Batches(events, written, now), .. Batches(spans, stored, now)], cancellationToken);
        await db.Dialect.Insert(db, [.. News(logs, now)], cancellationToken);
        fresh.Keep(written);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch
        {
            fresh.Forget(events.Values);
            throw;
        }
    }

    /// <summary>Does the database take writes at all? Fails when it does not.</summary>
    public async Task Probe(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private Guid NewBatch() => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>A batch for each lane that has facts, so that one can be folded before another.</summary>
    private static IEnumerable<Batch> Batches(Dictionary<Lane, Guid> ids, IReadOnlyList<SyncEvent> written, DateTimeOffset at) =>
        from lane in ids
        let facts = written.Count(fact => fact.BatchId == lane.Value)
        where facts > 0
        select new Batch { Id = lane.Value, Kind = FactKind.Events, Lane = lane.Key, Facts = facts, ReceivedAt = at };

    /// <summary>Nothing is folded of logs, so that traces which have new ones are announced right here.</summary>
    private static IEnumerable<Change> News(IReadOnlyList<LogRecord> logs, DateTimeOffset at)
    {
        yield return new Change { Topic = LiveTopic.Intake, At = at };
        if (logs.Any(log => log.TraceId is not null))
        {
            yield return new Change { Topic = LiveTopic.Traces, At = at };
        }
    }

    private static IEnumerable<Batch> Batches(Guid id, int spans, DateTimeOffset at) =>
        spans == 0 ? [] : [new Batch { Id = id, Kind = FactKind.Spans, Facts = spans, ReceivedAt = at }];
}
