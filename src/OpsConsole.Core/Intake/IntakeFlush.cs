using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>One transaction: facts, quarantine, conflicts, counts, the batches that wait to be folded, and the news of it. Idempotent: doing it again after an unknown end is safe.</summary>
internal sealed class IntakeFlush(IDbContextFactory<OpsDb> contexts, TimeProvider clock)
{
    /// <summary>Sets every reading's verdict; they count only when this returns.</summary>
    public async Task Write(IReadOnlyList<Portion> portions, CancellationToken cancellationToken)
    {
        var now = CloudEvents.EventTime.Microseconds(clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var (events, spans) = (NewBatch(), NewBatch());
        await QuarantineWrite.Write(db, portions, cancellationToken);
        var keys = await EventsWrite.Write(db, portions, events, cancellationToken);
        await QuarantineWrite.Supersede(db, keys, now, cancellationToken);
        var stored = await SpansWrite.Write(db, portions, spans, cancellationToken);

        var tally = IntakeTally.Of(portions);
        await db.Dialect.Add(db, tally.Counts, cancellationToken);
        await db.Dialect.Add(db, tally.Hours, cancellationToken);
        AddBatch(db, events, FactKind.Events, keys.Count, now);
        AddBatch(db, spans, FactKind.Spans, stored, now);
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        await db.SaveChangesAsync(cancellationToken);
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

    private static void AddBatch(OpsDb db, Guid id, string kind, int facts, DateTimeOffset at)
    {
        if (facts > 0)
        {
            db.Batches.Add(new Batch { Id = id, Kind = kind, Facts = facts, ReceivedAt = at });
        }
    }
}
