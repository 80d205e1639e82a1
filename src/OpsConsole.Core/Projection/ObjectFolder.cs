using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Folds the touched objects from all of their facts: states per system, own values, failure spells.</summary>
internal static class ObjectFolder
{
    public static async Task Fold(FoldRun run, NameChange names, IReadOnlyList<Fact> fresh, IReadOnlyList<SaidLink> links, CancellationToken cancellationToken)
    {
        var touched = fresh.GroupBy(fact => KeyOf(names, fact)).ToDictionary(said => said.Key, said => RefOf(names, said.First()));
        foreach (var name in names.Regrouped)
        {
            touched[names.Names.KeyOf(name)] = name;
        }

        var ends = links.Select(link => names.Names.KeyOf(link.ToType, link.System, link.ToId, link.ToKey));
        await run.Objects.Load(touched.Keys.Concat(ends), cancellationToken);
        foreach (var key in touched.Keys)
        {
            run.Facts[key] = [];
        }

        foreach (var fact in await Facts(run, names, touched, fresh, cancellationToken))
        {
            if (run.Facts.TryGetValue(KeyOf(names, fact), out var said))
            {
                said.Add(fact);
            }
        }

        foreach (var (key, name) in touched)
        {
            Keep(run, ObjectFold.Fold(name, key, run.Facts[key]));
        }

        await WriteStates(run, names, cancellationToken);
    }

    private static Guid KeyOf(NameChange names, Fact fact) => names.Names.KeyOf(fact.EntityType, fact.System, fact.EntityId, fact.SpokenKey);

    private static ObjectRef RefOf(NameChange names, Fact fact) => names.Names.Resolve(fact.EntityType, fact.System, fact.EntityId);

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
        FoldRun run, NameChange names, Dictionary<Guid, ObjectRef> touched, IReadOnlyList<Fact> fresh, CancellationToken cancellationToken)
    {
        run.Renamed = names.Regrouped.Count > 0;
        var known = touched.Where(one => run.Objects.Find(one.Key) is { Facts: > 0 } || (names.Regrouped.Count > 0 && names.Regrouped.Contains(one.Value))).ToDictionary();
        if (known.Count == 0)
        {
            return fresh;
        }

        var kept = run.Renamed ? [] : known.Keys.Select(run.Known.Find).OfType<IReadOnlyList<Fact>>().SelectMany(facts => facts);
        var unread = run.Renamed ? known : known.Where(one => run.Known.Find(one.Key) is null).ToDictionary();
        return kept.Concat(await Read(run, names, unread, cancellationToken)).Concat(fresh).DistinctBy(fact => fact.Key, ByteKeys.Instance);
    }

    private static async Task<IReadOnlyList<Fact>> Read(FoldRun run, NameChange names, Dictionary<Guid, ObjectRef> known, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return [];
        }

        var spoken = known.Keys
            .Concat(names.Said.Where(row => known.ContainsKey(names.Names.KeyOf(names.Names.Resolve(row.Type, row.System, row.Id)))).Select(row => row.SpokenKey))
            .Concat(names.Regrouped.Count == 0 ? [] : names.Said.Select(row => row.SpokenKey))
            .ToHashSet().ToArray();
        var facts = run.Db.Events.AsNoTracking().Where(e => spoken.Contains(e.SpokenKey));
        if (await run.Db.ParkedFacts.AnyAsync(cancellationToken))
        {
            facts = facts.Where(e => !run.Db.ParkedFacts.Any(parked => parked.EventKey == e.Key));
        }

        return await facts.Select(Fact.Of).ToListAsync(cancellationToken);
    }
}
