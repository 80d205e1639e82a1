using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>One transaction: facts, quarantine, conflicts, counts, the batches that wait to be folded, and the news of it. Idempotent: doing it again after an unknown end is safe.</summary>
internal sealed class IntakeFlush(IDbContextFactory<OpsDb> contexts, TimeProvider clock)
{
    /// <summary>Sets every reading's verdict; they count only when this returns.</summary>
    public async Task Write(IReadOnlyList<Portion> portions, Caution caution, CancellationToken cancellationToken)
    {
        var now = CloudEvents.EventTime.Microseconds(clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var (events, spans) = (NewBatch(), NewBatch());
        await QuarantineWrite.Write(db, portions, cancellationToken);
        var keys = await EventsWrite.Write(db, portions, events, caution, cancellationToken);
        await QuarantineWrite.Supersede(db, keys, now, cancellationToken);
        var stored = await SpansWrite.Write(db, portions, spans, caution, cancellationToken);

        var tally = IntakeTally.Of(portions);
        await db.Dialect.Add(db, tally.Counts, cancellationToken);
        await db.Dialect.Add(db, tally.Hours, cancellationToken);
        await db.Dialect.Insert(db, [.. Batches((events, FactKind.Events, keys.Count), (spans, FactKind.Spans, stored), now)], cancellationToken);
        await db.Dialect.Insert(db, [new Change { Topic = LiveTopic.Intake, At = now }], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
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

    private static IEnumerable<Batch> Batches((Guid Id, string Kind, int Facts) events, (Guid Id, string Kind, int Facts) spans, DateTimeOffset at) =>
        from batch in new[] { events, spans }
        where batch.Facts > 0
        select new Batch { Id = batch.Id, Kind = batch.Kind, Facts = batch.Facts, ReceivedAt = at };
}
