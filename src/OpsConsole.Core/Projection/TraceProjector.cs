using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>Turns stored spans into the summaries of traces, beside the fold of events: a flood of spans does not hold up an invoice.</summary>
public sealed class TraceProjector(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<TraceProjector> log)
    : LeasedWorker(databases, bells.Spans, TimeSpan.FromMilliseconds(500), log)
{
    private const int SpansPerFold = 20_000;
    private const int BatchesPerLook = 200;

    protected override string LeaseName => "traces";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var folded = await InTransaction(epoch, db => Fold(db, cancellationToken), cancellationToken);
        if (folded > 0)
        {
            bells.Changes.Ring();
        }

        return folded > 0;
    }

    private async Task<int> Fold(OpsDb db, CancellationToken cancellationToken)
    {
        var pending = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null && batch.Kind == FactKind.Spans)
            .OrderBy(batch => batch.ReceivedAt).ThenBy(batch => batch.Id).Take(BatchesPerLook).ToListAsync(cancellationToken);
        var spans = 0;
        var ids = pending.TakeWhile((batch, i) => (spans += batch.Facts) <= SpansPerFold || i == 0).Select(batch => batch.Id).ToArray();
        if (ids.Length == 0)
        {
            return 0;
        }

        await TraceFolder.Fold(db, ids, cancellationToken);
        var now = clock.GetUtcNow();
        await Batch.MarkFolded(db, ids, now, cancellationToken);
        await db.Dialect.Insert(db, [new Change { Topic = LiveTopic.Traces, At = now }], cancellationToken);
        return ids.Length;
    }
}
