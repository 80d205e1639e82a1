using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>Names before and after this fold, and the objects that changed sides.</summary>
/// <param name="Names">As they resolve from now on.</param>
/// <param name="Regrouped">Canonical objects that lost or gained a name.</param>
/// <param name="Said">All statements loaded, to find which spoken keys belong to an object.</param>
internal sealed record NameChange(Names Names, IReadOnlySet<ObjectRef> Regrouped, IReadOnlyList<SaidName> Said);

/// <summary>Takes in what the batch says about names: the greatest statement of each name stands.</summary>
internal static class NameFolder
{
    public static async Task<NameChange> Fold(FoldRun run, IReadOnlyList<SaidName> said, IReadOnlyCollection<Guid> spoken, CancellationToken cancellationToken)
    {
        var newest = said.GroupBy(name => name.Key).Select(same => same.MaxBy(Names.OrderOf)!).ToList();
        var frontier = spoken.Concat(newest.SelectMany(name => new[] { name.SpokenKey, name.TargetSpokenKey })).ToHashSet();
        var known = await Closure(run.Db, frontier, cancellationToken);
        var changed = newest.Where(name => !known.TryGetValue(name.Key, out var stood) || Names.OrderOf(stood) < Names.OrderOf(name)).ToList();
        var before = new Names(known.Values);
        foreach (var name in changed)
        {
            known[name.Key] = name;
        }

        await run.Db.Dialect.Upsert(run.Db, changed.OrderBy(name => name.Key).ToList(), cancellationToken);
        var after = new Names(known.Values);
        var regrouped = new HashSet<ObjectRef>();
        foreach (var name in changed)
        {
            regrouped.Add(before.Resolve(name.Type, name.System, name.Id));
            regrouped.Add(after.Resolve(name.Type, name.System, name.Id));
            regrouped.Add(before.Resolve(name.TargetType, name.TargetSystem, name.TargetId));
            regrouped.Add(after.Resolve(name.TargetType, name.TargetSystem, name.TargetId));
        }

        return new NameChange(after, regrouped, [.. known.Values]);
    }

    /// <summary>Every statement that can be reached from these spoken keys, in either direction. Almost always one empty read.</summary>
    public static async Task<Dictionary<Guid, SaidName>> Closure(OpsDb db, IReadOnlyCollection<Guid> spoken, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Guid, SaidName>();
        var seen = spoken.ToHashSet();
        var frontier = seen.ToArray();
        while (frontier.Length > 0)
        {
            var rows = await db.SaidNames.AsNoTracking()
                .Where(name => frontier.Contains(name.SpokenKey) || frontier.Contains(name.TargetSpokenKey)).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                known[row.Key] = row;
            }

            frontier = [.. rows.SelectMany(row => new[] { row.SpokenKey, row.TargetSpokenKey }).Distinct().Where(seen.Add)];
        }

        return known;
    }
}
