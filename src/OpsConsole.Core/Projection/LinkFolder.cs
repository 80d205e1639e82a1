using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Keeps links as they were spoken and, resolved, between canonical objects; makes the objects that only links name.</summary>
internal static class LinkFolder
{
    public static async Task Fold(FoldRun run, NameChange names, IReadOnlyList<SaidLink> said, CancellationToken cancellationToken)
    {
        var distinct = said.DistinctBy(link => link.Key).ToList();
        distinct.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        await Keep(run, names, distinct, cancellationToken);
        var resolving = names.Names;
        if (names.Regrouped.Count > 0)
        {
            (distinct, resolving) = await Regroup(run, names, distinct, cancellationToken);
        }

        var links = new Dictionary<(Guid From, Guid To), ObjectLink>();
        var named = new Dictionary<Guid, ObjectRef>();
        foreach (var link in distinct)
        {
            Resolve(resolving, link, links, named);
        }

        await run.Objects.Load(named.Keys, cancellationToken);
        run.NewLinks.AddRange(await Unknown(run, [.. links.Values.OrderBy(link => link.FromKey).ThenBy(link => link.ToKey)], cancellationToken));
        await run.Db.Dialect.Insert(run.Db, run.NewLinks, cancellationToken);
        MakeObjects(run, named);
        Sweep(run);
    }

    /// <summary>As they were spoken. What a new object says of links was not said before, unless its facts went to another name meanwhile and come back.</summary>
    private static async Task Keep(FoldRun run, NameChange names, List<SaidLink> said, CancellationToken cancellationToken)
    {
        var (added, doubtful) = (new List<SaidLink>(), new List<SaidLink>());
        foreach (var link in said)
        {
            var isNew = names.Regrouped.Count == 0 && !run.Objects.IsStored(names.Names.KeyOf(link.FromType, link.System, link.FromId, link.FromKey));
            (isNew ? added : doubtful).Add(link);
        }

        await run.Db.Dialect.Insert(run.Db, added, cancellationToken);
        await run.Db.Dialect.InsertMissing(run.Db, doubtful, cancellationToken);
    }

    /// <summary>A link between the objects that are meant, from both ends. Of several roles the greatest stands.</summary>
    private static void Resolve(Names names, SaidLink link, Dictionary<(Guid From, Guid To), ObjectLink> links, Dictionary<Guid, ObjectRef> named)
    {
        var from = names.Resolve(link.FromType, link.System, link.FromId);
        var to = names.Resolve(link.ToType, link.System, link.ToId);
        var fromKey = names.KeyOf(link.FromType, link.System, link.FromId, link.FromKey);
        var toKey = names.KeyOf(link.ToType, link.System, link.ToId, link.ToKey);
        (named[fromKey], named[toKey]) = (from, to);
        if (fromKey != toKey)
        {
            Take(new ObjectLink { FromKey = fromKey, ToKey = toKey, FromType = from.Type, ToType = to.Type, Role = link.Role });
            Take(new ObjectLink { FromKey = toKey, ToKey = fromKey, FromType = to.Type, ToType = from.Type, Role = "" });
        }

        void Take(ObjectLink one)
        {
            if (!links.TryGetValue((one.FromKey, one.ToKey), out var known) || string.CompareOrdinal(known.Role, one.Role) < 0)
            {
                links[(one.FromKey, one.ToKey)] = one;
            }
        }
    }

    /// <summary>Those that are not stored. Only between two objects that were there before can there be one.</summary>
    private static async Task<List<ObjectLink>> Unknown(FoldRun run, List<ObjectLink> links, CancellationToken cancellationToken)
    {
        var doubtful = links.FindAll(link => run.Objects.IsStored(link.FromKey) && run.Objects.IsStored(link.ToKey));
        if (doubtful.Count == 0)
        {
            return links;
        }

        var known = (await run.Db.Dialect.Known(run.Db, doubtful, cancellationToken)).Select(place => doubtful[place]).ToHashSet();
        return links.FindAll(link => !known.Contains(link));
    }

    /// <summary>Objects changed sides: their links are taken away and read again from what was spoken.</summary>
    private static async Task<(List<SaidLink> Links, Names Names)> Regroup(
        FoldRun run, NameChange names, List<SaidLink> fresh, CancellationToken cancellationToken)
    {
        var objects = names.Regrouped.Select(name => name.Key).ToArray();
        var spoken = objects.Concat(names.Said.Select(row => row.SpokenKey)).ToHashSet().ToArray();
        await run.Db.ObjectLinks.Where(link => objects.Contains(link.FromKey) || objects.Contains(link.ToKey)).ExecuteDeleteAsync(cancellationToken);
        var said = await run.Db.SaidLinks.AsNoTracking()
            .Where(link => spoken.Contains(link.FromKey) || spoken.Contains(link.ToKey)).ToListAsync(cancellationToken);

        // The far ends may have names of their own that nobody has loaded yet.
        var ends = said.Concat(fresh).SelectMany(link => new[] { link.FromKey, link.ToKey }).Concat(spoken).ToHashSet();
        var closure = await NameFolder.Closure(run.Db, ends, cancellationToken);
        return (said.Concat(fresh).DistinctBy(link => link.Key).ToList(), new Names(closure.Values));
    }

    private static void MakeObjects(FoldRun run, Dictionary<Guid, ObjectRef> named)
    {
        foreach (var (key, name) in named)
        {
            run.Vanished.Remove(key);
            if (run.Objects.Find(key) is null)
            {
                var row = new BusinessObject { Key = key, Type = name.Type, Id = name.Id };
                run.NewByLink.Add(row);
                run.Objects.Put(row);
            }
        }
    }

    // What lost its facts to another name and is named by no link is no object any more; what is still named stands, empty.
    private static void Sweep(FoldRun run)
    {
        foreach (var key in run.Vanished)
        {
            run.Objects.Drop(key);
        }
    }
}
