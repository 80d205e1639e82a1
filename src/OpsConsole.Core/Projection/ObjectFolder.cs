using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Folds the touched objects from all of their facts: states per system, own values, failure spells.</summary>
internal static class ObjectFolder
{
    public static async Task Fold(FoldRun run, NameChange names, IReadOnlyCollection<ObjectRef> touched, CancellationToken cancellationToken)
    {
        var refs = touched.Concat(names.Regrouped).ToHashSet();
        var spoken = refs.Select(name => name.Key)
            .Concat(names.Said.Where(row => refs.Contains(names.Names.Resolve(row.Type, row.System, row.Id))).Select(row => row.SpokenKey))
            .Concat(names.Regrouped.Count == 0 ? [] : names.Said.Select(row => row.SpokenKey))
            .ToHashSet();
        var facts = (await Facts(run, [.. spoken], cancellationToken))
            .ToLookup(fact => names.Names.Resolve(fact.EntityType, fact.System, fact.EntityId));
        var keys = refs.Select(name => name.Key).ToArray();
        var before = await run.Db.Objects.AsNoTracking().Where(row => keys.Contains(row.Key)).ToDictionaryAsync(row => row.Key, cancellationToken);
        foreach (var name in refs)
        {
            var folded = ObjectFold.Fold(name, facts[name]);
            Carry(folded.Row, before.GetValueOrDefault(name.Key));
            run.Folded[name.Key] = folded;
        }

        await Write(run, names, before, cancellationToken);
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

    private static async Task Write(FoldRun run, NameChange names, Dictionary<Guid, BusinessObject> before, CancellationToken cancellationToken)
    {
        var regrouped = names.Regrouped.Select(name => name.Key).ToArray();
        if (regrouped.Length > 0)
        {
            await run.Db.ObjectStates.Where(state => regrouped.Contains(state.ObjectKey)).ExecuteDeleteAsync(cancellationToken);
        }

        // A regrouped object without facts may still be named by a link; the link folder decides whether it vanishes.
        var rows = run.Folded.Values.Where(folded => folded.Row.Facts > 0).OrderBy(folded => folded.Row.Key).ToList();
        await run.Db.Dialect.Upsert(run.Db, rows.Select(folded => folded.Row).ToList(), cancellationToken);
        await run.Db.Dialect.Upsert(run.Db, rows.SelectMany(folded => folded.States).ToList(), cancellationToken);
        foreach (var folded in run.Folded.Values.Where(folded => folded.Row.Facts == 0).ToList())
        {
            run.Vanished.Add(folded.Row.Key);
            if (!before.ContainsKey(folded.Row.Key))
            {
                run.Folded.Remove(folded.Row.Key);
            }
        }
    }

    private static async Task<List<Fact>> Facts(FoldRun run, Guid[] spoken, CancellationToken cancellationToken)
    {
        var facts = run.Db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey));
        if (await run.Db.ParkedFacts.AnyAsync(cancellationToken))
        {
            facts = facts.Where(e => !run.Db.ParkedFacts.Any(parked => parked.EventKey == e.Key));
        }

        return await facts.Select(Fact.Of).ToListAsync(cancellationToken);
    }
}
