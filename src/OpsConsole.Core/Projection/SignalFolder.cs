using OpsConsole.Cases;
using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Writes what the facts say of failures, and marks what changed for the case worker. What people decided is none of its business.</summary>
internal static class SignalFolder
{
    public static async Task Fold(FoldRun run, IReadOnlyList<BusinessObject> moved, NameChange names, CancellationToken cancellationToken)
    {
        // A new object without failures has no signals; one that came back from another name may have left some.
        var keys = run.Folded.Where(folded => folded.Value.Failures.Count > 0 || run.Objects.IsStored(folded.Key)).Select(folded => folded.Key)
            .Concat(moved.Select(row => row.Key).Where(run.Objects.IsStored)).ToHashSet().ToArray();
        var before = keys.Length == 0 ? [] : await run.Db.Signals.AsNoTracking()
            .Where(signal => keys.Contains(signal.ObjectKey) && signal.Kind == SignalKind.Failure).ToDictionaryAsync(signal => signal.Id, cancellationToken);
        await run.Objects.Load(before.Values.Select(signal => signal.ObjectKey), cancellationToken);
        var changed = new List<ExceptionSignal>();
        foreach (var folded in run.Folded.Values)
        {
            var row = run.Objects.Find(folded.Row.Key) ?? folded.Row;
            foreach (var failure in folded.Failures)
            {
                before.Remove(ExceptionSignal.OfFailure(row.Type, row.Id, failure.System, failure.Operation), out var stood);
                Keep(Signal(row, failure, stood), stood, changed);
            }
        }

        foreach (var left in before.Values)
        {
            Keep(Leftover(run, left, names), left, changed);
        }

        var writing = changed.OrderBy(signal => signal.Id).ToLookup(signal => signal.Version > 1);
        await run.Db.Dialect.Insert(run.Db, [.. writing[false]], cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, [.. writing[true]], cancellationToken);
        run.Units.UnionWith(changed.Select(signal => signal.Unit));
    }

    private static void Keep(ExceptionSignal signal, ExceptionSignal? stood, List<ExceptionSignal> changed)
    {
        if (stood is null || !Same(signal, stood))
        {
            changed.Add(signal);
        }
    }

    /// <summary>A signal that this fold did not make: its object only moved to another unit, or lost its facts to another name.</summary>
    private static ExceptionSignal Leftover(FoldRun run, ExceptionSignal left, NameChange names)
    {
        if (run.Folded.ContainsKey(left.ObjectKey))
        {
            var now = names.Names.Resolve(left.ObjectType, left.System, left.ObjectId);
            var to = ExceptionSignal.OfFailure(now.Type, now.Id, left.System, left.Operation);
            return left with { Gone = true, MovedTo = to, Version = left.Version + 1, Changed = true };
        }

        var row = run.Objects.Find(left.ObjectKey)!;
        return left with
        {
            ObjectLabel = row.Label, Unit = row.Unit, LegalEntity = row.LegalEntity, Region = row.Region, Version = left.Version + 1, Changed = true,
        };
    }

    private static ExceptionSignal Signal(BusinessObject row, FailureRecord failure, ExceptionSignal? stood) => new()
    {
        Id = ExceptionSignal.OfFailure(row.Type, row.Id, failure.System, failure.Operation),
        Kind = SignalKind.Failure,
        ObjectKey = row.Key,
        ObjectType = row.Type,
        ObjectId = row.Id,
        ObjectLabel = row.Label,
        System = failure.System,
        Operation = failure.Operation,
        Spells = failure.Spells,
        Open = failure.Open,
        FailedAt = failure.Began.Order.Time,
        ReceivedAt = failure.Began.ReceivedAt,
        EndedAt = failure.Ended?.Order.Time,
        EndedBy = failure.Ended?.Key,
        FailureKey = failure.Latest.Key,
        ErrorCode = failure.Latest.ErrorCode,
        ErrorCategory = failure.Latest.ErrorCategory,
        ErrorMessage = failure.Latest.ErrorMessage,
        ErrorAttribute = failure.Latest.ErrorAttribute,
        ReplayTarget = failure.Latest.ReplayTarget,
        IdempotencyKey = failure.Latest.IdempotencyKey,
        TraceId = failure.Latest.TraceId,
        HasPayload = failure.Latest.HasPayload,
        Unit = row.Unit,
        LegalEntity = row.LegalEntity,
        Region = row.Region,
        Amount = failure.Latest.Amount ?? row.Amount,
        Currency = failure.Latest.Amount is null ? row.Currency : failure.Latest.Currency,
        Version = (stood?.Version ?? 0) + 1,
        Changed = true,
    };

    private static bool Same(ExceptionSignal a, ExceptionSignal b) =>
        (a.Spells, a.Open, a.FailedAt, a.EndedAt, a.Unit, a.LegalEntity, a.Region, a.Amount, a.Currency, a.Gone, a.MovedTo, a.ObjectLabel)
            == (b.Spells, b.Open, b.FailedAt, b.EndedAt, b.Unit, b.LegalEntity, b.Region, b.Amount, b.Currency, b.Gone, b.MovedTo, b.ObjectLabel)
        && Bytes(a.FailureKey, b.FailureKey) && Bytes(a.EndedBy, b.EndedBy);

    private static bool Bytes(byte[]? a, byte[]? b) => a.AsSpan().SequenceEqual(b);
}
