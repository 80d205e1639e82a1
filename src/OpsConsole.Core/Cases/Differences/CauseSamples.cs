using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Differences;

/// <summary>What the exceptions of a cause are about, mostly: the healthy are looked for among the same.</summary>
internal sealed record SampleKind(bool Missing, string ObjectType, string System, string Operation);

/// <param name="Kind">Nothing when there is no exception.</param>
/// <param name="Objects">The keys of the objects that failed.</param>
/// <param name="Sampled">There are more.</param>
internal sealed record FailedSample(SampleKind? Kind, string Cause, string? ErrorAttribute, IReadOnlyList<Specimen> Specimens, HashSet<Guid> Objects, bool Sampled);

/// <summary>Draws the two samples that are compared. Keys of objects and exceptions are hashes: the first so many in their order are an even draw.</summary>
internal static class CauseSamples
{
    private const int Looked = 4_000;
    private const int LookedFurther = 20_000;
    private const int Enough = 400;

    /// <summary>Larger data is not read: a sample of documents of a megabyte would not answer in a second.</summary>
    private const int LongestData = 64 << 10;

    public static async Task<FailedSample> Failed(OpsDb db, IQueryable<ExceptionCase> cases, int most, CancellationToken cancellationToken)
    {
        var drawn = cases.OrderBy(c => c.EndedAt != null).ThenBy(c => c.Id).Take(most + 1);
        var rows = await (
            from c in drawn
            join e in db.Events on c.FailureKey equals e.Key into said
            from e in said.DefaultIfEmpty()
            select new
            {
                c.Kind, c.ObjectKey, c.ObjectType, c.System, c.Operation, c.Cause, c.ErrorAttribute, c.ReportingAmount, c.Unit, c.LegalEntity, c.Region, c.Currency,
                e.Source, e.Extensions, Data = e.Data.Length > LongestData ? null : e.Data,
            }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return new FailedSample(null, "", null, [], [], false);
        }

        var kind = rows.GroupBy(row => new SampleKind(row.Kind is SignalKind.Missing, row.ObjectType, row.System, row.Operation)).MaxBy(same => same.Count())!.Key;
        var alike = rows.Where(row => row.ObjectType == kind.ObjectType && row.System == kind.System && row.Operation == kind.Operation).Take(most).DistinctBy(row => row.ObjectKey).ToList();
        var keys = alike.Select(row => row.ObjectKey).ToHashSet();
        var words = await Words(db, drawn.Select(c => c.ObjectKey), kind.System, cancellationToken);
        return new FailedSample(
            kind, alike[0].Cause, alike.Find(row => row.ErrorAttribute is not null)?.ErrorAttribute,
            [.. alike.Select(row => Common(new Specimen { Worth = row.ReportingAmount ?? 0 }, row.Unit, row.LegalEntity, row.Region, row.Currency, row.Source, row.Extensions, words[row.ObjectKey]).WithData(row.Data))],
            keys, rows.Count > most);
    }

    public static async Task<(IReadOnlyList<Specimen> Specimens, bool Sampled)> Healthy(
        OpsDb db, SampleKind kind, HashSet<Guid> failed, Scope scope, CancellationToken cancellationToken)
    {
        var first = await Draw(db, kind, failed, scope, Looked, cancellationToken);
        return first.Specimens.Count < Enough && first.Sampled ? await Draw(db, kind, failed, scope, LookedFurther, cancellationToken) : first;
    }

    private static async Task<(IReadOnlyList<Specimen> Specimens, bool Sampled)> Draw(
        OpsDb db, SampleKind kind, HashSet<Guid> failed, Scope scope, int looked, CancellationToken cancellationToken)
    {
        var (units, everything) = (scope.Units, scope.Everything);
        var objects = db.Objects.AsNoTracking().Where(o => o.Type == kind.ObjectType && (everything || units.Contains(o.Unit))).OrderBy(o => o.Key).Take(looked);
        var sampled = await objects.CountAsync(cancellationToken) == looked;
        var specimens = kind.Missing ? await Arrived(db, objects, kind, failed, cancellationToken) : await Succeeded(db, objects, kind, failed, cancellationToken);
        return (specimens, sampled);
    }

    private static async Task<IReadOnlyList<Specimen>> Succeeded(OpsDb db, IQueryable<BusinessObject> objects, SampleKind kind, HashSet<Guid> failed, CancellationToken cancellationToken)
    {
        var rows = await (
            from o in objects
            join e in db.Events.AsNoTracking() on o.Key equals e.SpokenKey
            where e.System == kind.System && e.Operation == kind.Operation && e.Outcome == SyncOutcome.Succeeded
            orderby e.Time descending
            select new { o.Key, o.Unit, o.LegalEntity, o.Region, o.Currency, e.Source, e.Extensions, Data = e.Data.Length > LongestData ? null : e.Data }).Take(2 * LookedFurther).ToListAsync(cancellationToken);
        var healthy = rows.Where(row => !failed.Contains(row.Key)).DistinctBy(row => row.Key).ToList();
        var words = await Words(db, objects.Select(o => o.Key), kind.System, cancellationToken);
        return [.. healthy.Select(row => Common(new Specimen(), row.Unit, row.LegalEntity, row.Region, row.Currency, row.Source, row.Extensions, words[row.Key]).WithData(row.Data))];
    }

    // What did not come has no event: leads whose milestone came stand for the healthy.
    private static async Task<IReadOnlyList<Specimen>> Arrived(OpsDb db, IQueryable<BusinessObject> objects, SampleKind kind, HashSet<Guid> failed, CancellationToken cancellationToken)
    {
        var rows = await (
            from o in objects
            join t in db.Transactions.AsNoTracking() on o.Key equals t.LeadKey
            join m in db.TransactionMilestones.AsNoTracking() on t.Key equals m.TransactionKey
            where t.Flow == kind.System && m.Name == kind.Operation && m.ReachedAt != null
            select new { o.Key, o.Unit, o.LegalEntity, o.Region, o.Currency }).ToListAsync(cancellationToken);
        var words = await Words(db, objects.Select(o => o.Key), kind.System, cancellationToken);
        return [.. rows.Where(row => !failed.Contains(row.Key)).DistinctBy(row => row.Key).Select(row => Common(new Specimen(), row.Unit, row.LegalEntity, row.Region, row.Currency, null, null, words[row.Key]))];
    }

    private static Specimen Common(
        Specimen one, string unit, string? entity, string? region, string? currency, string? source, string? extensions, IEnumerable<(string System, string? Attributes)> words)
    {
        one.With("unit", unit).With("legal entity", entity).With("region", region).With("currency", currency).With("source", source);
        foreach (var (system, attributes) in words)
        {
            one.WithGroup(system, attributes ?? "{}");
        }

        return extensions is null ? one : one.WithGroup("event", extensions);
    }

    /// <summary>What other systems say of these objects: what the system that refused says is its refusal.</summary>
    private static async Task<ILookup<Guid, (string System, string? Attributes)>> Words(OpsDb db, IQueryable<Guid> objects, string but, CancellationToken cancellationToken)
    {
        var rows = await (
            from key in objects
            join state in db.ObjectStates.AsNoTracking() on key equals state.ObjectKey
            where state.System != but
            select new { key, state.System, state.Attributes }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.key, (string System, string? Attributes) (row) => (row.System, row.Attributes));
    }
}
