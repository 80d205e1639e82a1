using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>Keeps links as they were spoken and, resolved, between canonical objects; makes the objects that only links name.</summary>
internal static class LinkFolder
{
    public static async Task Fold(FoldRun run, NameChange names, IReadOnlyList<SaidLink> said, CancellationToken cancellationToken)
    {
        var distinct = said.DistinctBy(link => link.Key).OrderBy(link => link.Key).ToList();
        await run.Db.Dialect.InsertMissing(run.Db, distinct, cancellationToken);
        var resolving = names.Names;
        if (names.Regrouped.Count > 0)
        {
            (distinct, resolving) = await Regroup(run, names, distinct, cancellationToken);
        }

        var links = distinct.SelectMany(link => BothWays(resolving, link)).GroupBy(link => (link.FromKey, link.ToKey))
            .Select(same => same.MaxBy(link => link.Role, StringComparer.Ordinal)!).OrderBy(link => link.FromKey).ThenBy(link => link.ToKey).ToList();
        var named = distinct.SelectMany(link => new[] { resolving.Resolve(link.ToType, link.System, link.ToId), resolving.Resolve(link.FromType, link.System, link.FromId) }).ToHashSet();
        await run.Objects.Load(named.Select(resolving.KeyOf), cancellationToken);
        run.NewLinks.AddRange(await Unknown(run, links, cancellationToken));
        await run.Db.Dialect.Insert(run.Db, run.NewLinks, cancellationToken);
        MakeObjects(run, resolving, named);
        Sweep(run);
    }

    private static IEnumerable<ObjectLink> BothWays(Names names, SaidLink link)
    {
        var from = names.Resolve(link.FromType, link.System, link.FromId);
        var to = names.Resolve(link.ToType, link.System, link.ToId);
        if (from == to)
        {
            yield break;
        }

        var (fromKey, toKey) = (names.KeyOf(from), names.KeyOf(to));
        yield return new ObjectLink { FromKey = fromKey, ToKey = toKey, FromType = from.Type, ToType = to.Type, Role = link.Role };
        yield return new ObjectLink { FromKey = toKey, ToKey = fromKey, FromType = to.Type, ToType = from.Type, Role = "" };
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

    private static void MakeObjects(FoldRun run, Names names, IEnumerable<ObjectRef> named)
    {
        foreach (var name in named)
        {
            var key = names.KeyOf(name);
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
