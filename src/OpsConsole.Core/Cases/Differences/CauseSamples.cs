using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Differences;

/// <summary>What the exceptions of a cause are about, mostly: the healthy are looked for among the same.</summary>
internal sealed record SampleKind(bool Missing, string ObjectType, string System, string Operation);

/// <param name="Kind">Nothing when there is no exception.</param>
/// <param name="Objects">The keys of the objects that failed.</param>
/// <param name="Sampled">There are more.</param>
/// <param name="Secret">What no value is told of.</param>
internal sealed record FailedSample(SampleKind? Kind, string Cause, string? ErrorAttribute, IReadOnlyList<Specimen> Specimens, HashSet<Guid> Objects, bool Sampled, VeiledFields Secret);

/// <summary>
/// Draws the two samples that are compared. Keys of objects and exceptions are hashes: the first so many in their order are an even draw. What was said
/// of them is then read by their keys, a thousand at a time, so that no plan of the database can turn it into more than that.
/// </summary>
internal static class CauseSamples
{
    private const int Looked = 4_000;
    private const int LookedFurther = 20_000;
    private const int Enough = 400;
    private const int MostHealthy = 2_000;
    private const int AtOnce = 1_000;

    public static async Task<FailedSample> Failed(OpsDb db, ContractShelf shelf, IQueryable<ExceptionCase> cases, int most, FieldClasses hidden, CancellationToken cancellationToken)
    {
        var rows = await cases.OrderBy(c => c.EndedAt != null).ThenBy(c => c.Id).Take(most + 1)
            .Select(c => new
            {
                c.Kind, c.ObjectType, c.System, c.Operation, c.Cause, c.ErrorAttribute, c.FailureKey,
                Drawn = new Drawn(c.ObjectKey, c.Unit, c.LegalEntity, c.Region, c.Currency, c.ReportingAmount ?? 0),
            }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return new FailedSample(null, "", null, [], [], false, VeiledFields.None);
        }

        var kind = rows.GroupBy(row => new SampleKind(row.Kind is SignalKind.Missing, row.ObjectType, row.System, row.Operation)).MaxBy(same => same.Count())!.Key;
        var alike = rows.Where(row => row.ObjectType == kind.ObjectType && row.System == kind.System && row.Operation == kind.Operation).Take(most).DistinctBy(row => row.Drawn.Key).ToList();
        var secret = await VeiledFields.Of(db, shelf, kind.ObjectType, hidden, cancellationToken);
        var specimens = new List<Specimen>();
        foreach (var part in alike.Chunk(AtOnce))
        {
            var keys = part.Select(row => row.FailureKey).OfType<byte[]>().ToList();
            var said = (await EventSpecimens.Said(db.Events.Where(e => keys.Contains(e.Key)), cancellationToken)).ToDictionary(fact => fact.Key, ByteKeys.Instance);
            var words = await EventSpecimens.Words(db, [.. part.Select(row => row.Drawn.Key)], kind.System, cancellationToken);
            specimens.AddRange(part.Select(row => Made(row.Drawn, row.FailureKey is { } key ? said.GetValueOrDefault(key) : null, words, secret)));
        }

        return new FailedSample(
            kind, alike[0].Cause, alike.Find(row => row.ErrorAttribute is not null)?.ErrorAttribute, specimens, [.. alike.Select(row => row.Drawn.Key)], rows.Count > most, secret);
    }

    public static async Task<(IReadOnlyList<Specimen> Specimens, bool Sampled)> Healthy(
        OpsDb db, SampleKind kind, FailedSample failed, Scope scope, CancellationToken cancellationToken)
    {
        var first = await Draw(db, kind, failed, scope, Looked, cancellationToken);
        return first.Specimens.Count < Enough && first.Sampled ? await Draw(db, kind, failed, scope, LookedFurther, cancellationToken) : first;
    }

    private static async Task<(IReadOnlyList<Specimen> Specimens, bool Sampled)> Draw(
        OpsDb db, SampleKind kind, FailedSample failed, Scope scope, int looked, CancellationToken cancellationToken)
    {
        var (units, everything) = (scope.Units, scope.AllUnits);
        var drawn = await db.Objects.AsNoTracking().Where(o => o.Type == kind.ObjectType && (everything || units.Contains(o.Unit))).OrderBy(o => o.Key).Take(looked)
            .Select(o => new Drawn(o.Key, o.Unit, o.LegalEntity, o.Region, o.Currency, 0)).ToListAsync(cancellationToken);
        var specimens = new List<Specimen>();
        foreach (var part in drawn.Where(one => !failed.Objects.Contains(one.Key)).Chunk(AtOnce))
        {
            specimens.AddRange(kind.Missing ? await Arrived(db, part, kind, cancellationToken) : await Succeeded(db, part, kind, failed.Secret, cancellationToken));
            if (specimens.Count >= MostHealthy)
            {
                return (specimens, true);
            }
        }

        return (specimens, drawn.Count == looked);
    }

    private static async Task<IEnumerable<Specimen>> Succeeded(OpsDb db, Drawn[] drawn, SampleKind kind, VeiledFields secret, CancellationToken cancellationToken)
    {
        var keys = drawn.Select(one => one.Key).ToArray();
        var said = (await EventSpecimens.Said(
            db.Events.Where(e => keys.Contains(e.SpokenKey) && e.System == kind.System && e.Operation == kind.Operation && e.Outcome == SyncOutcome.Succeeded), cancellationToken))
            .GroupBy(fact => fact.SpokenKey).ToDictionary(facts => facts.Key, facts => facts.MaxBy(fact => fact.Time)!);
        var words = await EventSpecimens.Words(db, [.. said.Keys], kind.System, cancellationToken);
        return drawn.Where(one => said.ContainsKey(one.Key)).Select(one => Made(one, said[one.Key], words, secret)).ToList();
    }

    // What did not come has no event: leads whose milestone came stand for the healthy.
    private static async Task<IEnumerable<Specimen>> Arrived(OpsDb db, Drawn[] drawn, SampleKind kind, CancellationToken cancellationToken)
    {
        var leads = drawn.Select(one => one.Key).ToArray();
        var reached = (await (
            from t in db.Transactions.AsNoTracking()
            join m in db.TransactionMilestones.AsNoTracking() on t.Key equals m.TransactionKey
            where leads.Contains(t.LeadKey) && t.Flow == kind.System && m.Name == kind.Operation && m.ReachedAt != null
            select t.LeadKey).ToListAsync(cancellationToken)).ToHashSet();
        var words = await EventSpecimens.Words(db, [.. reached], kind.System, cancellationToken);
        return drawn.Where(one => reached.Contains(one.Key)).Select(one => Made(one, null, words, VeiledFields.None)).ToList();
    }

    private static Specimen Made(Drawn drawn, SaidFact? fact, ILookup<Guid, OtherWord> words, VeiledFields secret) =>
        EventSpecimens.Made(new Specimen { Worth = drawn.Worth, Secret = secret }, drawn.Place, words[drawn.Key], fact);

    private sealed record Drawn(Guid Key, string Unit, string? LegalEntity, string? Region, string? Currency, decimal Worth)
    {
        public Place Place => new(Unit, LegalEntity, Region, Currency);
    }
}
