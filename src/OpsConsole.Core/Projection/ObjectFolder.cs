using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Folds the touched objects from all of their facts: states per system, own values, failure spells.</summary>
internal static class ObjectFolder
{
    public static async Task Fold(FoldRun run, NameChange names, IReadOnlyList<Fact> fresh, IReadOnlyList<SaidLink> links, CancellationToken cancellationToken)
    {
        var refs = fresh.Select(fact => names.Names.Resolve(fact.EntityType, fact.System, fact.EntityId)).Concat(names.Regrouped).ToHashSet();
        var ends = links.Select(link => names.Names.Resolve(link.ToType, link.System, link.ToId));
        await run.Objects.Load(refs.Concat(ends).ToHashSet().Select(names.Names.KeyOf), cancellationToken);
        var facts = (await Facts(run, names, refs, fresh, cancellationToken))
            .ToLookup(fact => names.Names.Resolve(fact.EntityType, fact.System, fact.EntityId));
        foreach (var name in refs)
        {
            Keep(run, ObjectFold.Fold(name, facts[name]));
        }

        await WriteStates(run, names, cancellationToken);
    }

    // A regrouped object without facts may still be named by a link; the link folder decides whether it vanishes.
    private static void Keep(FoldRun run, FoldedObject folded)
    {
        var before = run.Objects.Find(folded.Row.Key);
        Carry(folded.Row, before);
        if (folded.Row.Facts == 0)
        {
            run.Vanished.Add(folded.Row.Key);
        }

        if (folded.Row.Facts > 0 || before is not null)
        {
            run.Folded[folded.Row.Key] = folded;
            run.Objects.Put(folded.Row);
        }
    }

    // Inherited values stay until the fold over transactions decides anew; since when systems disagree is not in any one fact.
    private static void Carry(BusinessObject row, BusinessObject? before)
    {
        if (before is not null)
        {
            row.Unit = row.OwnUnit ?? before.Unit;
            row.LegalEntity = row.OwnLegalEntity ?? before.LegalEntity;
            row.Region = row.OwnRegion ?? before.Region;
        }

        row.DisagreesSince = row.Disagrees ? before?.DisagreesSince ?? row.ReceivedAt : null;
    }

    private static async Task WriteStates(FoldRun run, NameChange names, CancellationToken cancellationToken)
    {
        var regrouped = names.Regrouped.Select(name => name.Key).ToHashSet();
        if (regrouped.Count > 0)
        {
            var keys = regrouped.ToArray();
            await run.Db.ObjectStates.Where(state => keys.Contains(state.ObjectKey)).ExecuteDeleteAsync(cancellationToken);
        }

        var states = run.Folded.Values.OrderBy(folded => folded.Row.Key).SelectMany(folded => folded.States)
            .ToLookup(state => run.Objects.IsStored(state.ObjectKey) && !regrouped.Contains(state.ObjectKey));
        await run.Db.Dialect.Insert(run.Db, [.. states[false]], cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, [.. states[true]], cancellationToken);
    }

    /// <summary>The facts of these objects. Only objects that had some before, or that changed sides, have others than the fresh ones.</summary>
    private static async Task<IEnumerable<Fact>> Facts(
        FoldRun run, NameChange names, HashSet<ObjectRef> refs, IReadOnlyList<Fact> fresh, CancellationToken cancellationToken)
    {
        var known = refs.Where(name => run.Objects.Find(names.Names.KeyOf(name)) is { Facts: > 0 } || names.Regrouped.Contains(name)).ToHashSet();
        if (known.Count == 0)
        {
            return fresh;
        }

        var spoken = known.Select(name => name.Key)
            .Concat(names.Said.Where(row => known.Contains(names.Names.Resolve(row.Type, row.System, row.Id))).Select(row => row.SpokenKey))
            .Concat(names.Regrouped.Count == 0 ? [] : names.Said.Select(row => row.SpokenKey))
            .ToHashSet().ToArray();
        var facts = run.Db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey));
        if (await run.Db.ParkedFacts.AnyAsync(cancellationToken))
        {
            facts = facts.Where(e => !run.Db.ParkedFacts.Any(parked => parked.EventKey == e.Key));
        }

        var stored = await facts.Select(Fact.Of).ToListAsync(cancellationToken);
        return stored.Concat(fresh).DistinctBy(fact => fact.Key, ByteKeys.Instance);
    }
}
