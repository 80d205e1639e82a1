using OpsConsole.Cases.Types;
using OpsConsole.Flows;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// What did not come is an exception too: raises a signal for each milestone whose deadline has passed, and ends it when the milestone comes
/// late after all, or is no longer asked for. Compares the tables, so nothing is forgotten over a restart.
/// </summary>
public sealed class MilestoneWatch(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<MilestoneWatch> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(3), log)
{
    private const int Most = 500;

    protected override string LeaseName => "milestones";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var missing = await InTransaction(epoch, db => Raise(db, cancellationToken), cancellationToken);
        var ended = await InTransaction(epoch, db => End(db, cancellationToken), cancellationToken);
        if (missing + ended > 0)
        {
            bells.Signals.Ring();
            log.MilestonesWatched(missing, ended);
        }

        return missing == Most || ended == Most;
    }

    private async Task<int> Raise(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var overdue = await (
            from milestone in db.TransactionMilestones.AsNoTracking()
            join transaction in db.Transactions.AsNoTracking() on milestone.TransactionKey equals transaction.Key
            where transaction.NextDueAt <= now && milestone.ReachedAt == null && milestone.DueAt <= now
            where !db.Signals.Any(s => s.Kind == SignalKind.Missing && s.Open && s.ObjectKey == transaction.LeadKey && s.System == transaction.Flow && s.Operation == milestone.Name)
            orderby milestone.DueAt
            select new { transaction, milestone.Name, milestone.DueAt }).Take(Most).ToListAsync(cancellationToken);
        if (overdue.Count == 0)
        {
            return 0;
        }

        var labels = await Labels(db, cancellationToken);
        var ids = overdue.ConvertAll(late => Id(late.transaction, late.Name));
        var before = await db.Signals.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        var raised = overdue.ConvertAll(late =>
        {
            var id = Id(late.transaction, late.Name);
            return Signal(late.transaction, late.Name, late.DueAt!.Value, labels.GetValueOrDefault((late.transaction.Flow, late.Name)), before.GetValueOrDefault(id));
        });
        await db.Dialect.Upsert(db, [.. raised.OrderBy(s => s.Id)], cancellationToken);
        return raised.Count;
    }

    /// <summary>Open signals whose milestone has come, has a later deadline now, or is gone from the flow.</summary>
    private async Task<int> End(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var settled = await (
            from signal in db.Signals.AsNoTracking()
            where signal.Kind == SignalKind.Missing && signal.Open && signal.ObjectType != FeedSilent.Thing
            join transaction in db.Transactions on new { Lead = signal.ObjectKey, Flow = signal.System } equals new { Lead = transaction.LeadKey, transaction.Flow } into transactions
            from transaction in transactions.DefaultIfEmpty()
            join milestone in db.TransactionMilestones on new { Key = (Guid?)transaction.Key, Name = signal.Operation } equals new { Key = (Guid?)milestone.TransactionKey, milestone.Name } into milestones
            from milestone in milestones.DefaultIfEmpty()
            where milestone == null || milestone.ReachedAt != null || milestone.DueAt == null || milestone.DueAt > now
            orderby signal.Id
            select new { signal.Id, signal.Version, ReachedAt = milestone == null ? null : milestone.ReachedAt }).Take(Most).ToListAsync(cancellationToken);
        foreach (var late in settled)
        {
            var at = late.ReachedAt ?? now;
            await db.Signals.Where(s => s.Id == late.Id && s.Version == late.Version).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Open, false).SetProperty(s => s.EndedAt, at).SetProperty(s => s.Changed, true).SetProperty(s => s.Version, late.Version + 1),
                cancellationToken);
        }

        return settled.Count;
    }

    private static async Task<Dictionary<(string Flow, string Milestone), string?>> Labels(OpsDb db, CancellationToken cancellationToken)
    {
        var flows = await db.Flows.AsNoTracking().Select(flow => flow.Definition).ToListAsync(cancellationToken);
        return flows.Select(FlowDefinition.FromJson)
            .SelectMany(flow => flow.Milestones.Select(milestone => (Key: (flow.Name, milestone.Name), milestone.Label)))
            .ToDictionary(pair => pair.Key, pair => pair.Label);
    }

    private static Guid Id(Transaction transaction, string milestone) =>
        ExceptionSignal.OfMissing(transaction.Flow, transaction.LeadType, transaction.LeadId, milestone);

    private static ExceptionSignal Signal(Transaction transaction, string milestone, DateTimeOffset due, string? label, ExceptionSignal? before) => new()
    {
        Id = Id(transaction, milestone),
        Kind = SignalKind.Missing,
        ObjectKey = transaction.LeadKey,
        ObjectType = transaction.LeadType,
        ObjectId = transaction.LeadId,
        ObjectLabel = transaction.Label,
        System = transaction.Flow,
        Operation = milestone,
        Spells = (before?.Spells ?? 0) + 1,
        Open = true,
        FailedAt = due,
        ReceivedAt = due,
        ErrorMessage = label ?? milestone,
        Unit = transaction.Unit,
        LegalEntity = transaction.LegalEntity,
        Region = transaction.Region,
        Amount = transaction.Amount,
        Currency = transaction.Currency,
        Version = (before?.Version ?? 0) + 1,
        Changed = true,
    };
}
