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
            .Select(same => same.MaxBy(link => link.Role, StringComparer.Ordinal)!).ToList();
        var from = distinct.Select(link => resolving.Resolve(link.FromType, link.System, link.FromId).Key).ToHashSet().ToArray();
        var known = (await run.Db.ObjectLinks.AsNoTracking().Where(link => from.Contains(link.FromKey))
            .Select(link => new { link.FromKey, link.ToKey }).ToListAsync(cancellationToken)).Select(link => (link.FromKey, link.ToKey)).ToHashSet();
        run.NewLinks.AddRange(links.Where(link => !known.Contains((link.FromKey, link.ToKey)) && !known.Contains((link.ToKey, link.FromKey))));
        await run.Db.Dialect.InsertMissing(run.Db, run.NewLinks.OrderBy(link => link.FromKey).ThenBy(link => link.ToKey).ToList(), cancellationToken);
        await MakeObjects(run, distinct, resolving, cancellationToken);
        await Sweep(run, cancellationToken);
    }

    private static IEnumerable<ObjectLink> BothWays(Names names, SaidLink link)
    {
        var from = names.Resolve(link.FromType, link.System, link.FromId);
        var to = names.Resolve(link.ToType, link.System, link.ToId);
        if (from == to)
        {
            yield break;
        }

        yield return new ObjectLink { FromKey = from.Key, ToKey = to.Key, FromType = from.Type, ToType = to.Type, Role = link.Role };
        yield return new ObjectLink { FromKey = to.Key, ToKey = from.Key, FromType = to.Type, ToType = from.Type, Role = "" };
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

    private static async Task MakeObjects(FoldRun run, List<SaidLink> links, Names names, CancellationToken cancellationToken)
    {
        var named = links.SelectMany(link => new[] { names.Resolve(link.ToType, link.System, link.ToId), names.Resolve(link.FromType, link.System, link.FromId) }).ToHashSet();
        var keys = named.Select(name => name.Key).ToArray();
        var known = (await run.Db.Objects.AsNoTracking().Where(row => keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken)).ToHashSet();
        run.Vanished.ExceptWith(keys);
        run.NewByLink.AddRange(named.Where(name => !known.Contains(name.Key)).OrderBy(name => name.Key).Select(name => new BusinessObject { Key = name.Key, Type = name.Type, Id = name.Id }));
        await run.Db.Dialect.InsertMissing(run.Db, run.NewByLink, cancellationToken);
    }

    // What lost its facts to another name and is named by no link is no object any more; what is still named stands, empty.
    private static async Task Sweep(FoldRun run, CancellationToken cancellationToken)
    {
        var without = run.Folded.Values.Where(folded => folded.Row.Facts == 0).Select(folded => folded.Row).ToList();
        var gone = without.Where(row => run.Vanished.Contains(row.Key)).Select(row => row.Key).ToArray();
        if (gone.Length > 0)
        {
            await run.Db.Objects.Where(row => gone.Contains(row.Key)).ExecuteDeleteAsync(cancellationToken);
        }

        await run.Db.Dialect.Upsert(run.Db, without.Where(row => !run.Vanished.Contains(row.Key)).OrderBy(row => row.Key).ToList(), cancellationToken);
    }
}
