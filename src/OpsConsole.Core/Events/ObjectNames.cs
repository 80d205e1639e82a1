using OpsConsole.Storage;

namespace OpsConsole.Events;

/// <summary>
/// From names to objects and back, for reading: the folds have settled which object each name means, these only follow what was said.
/// One read per step of a chain, for all names together; chains are short.
/// </summary>
internal static class ObjectNames
{
    private const int LongestChain = 8;

    /// <summary>All names under which facts and spans speak of these objects, their own included.</summary>
    public static async Task<IReadOnlyList<SpokenName>> Of(OpsDb db, IReadOnlyCollection<Guid> objects, CancellationToken cancellationToken)
    {
        var names = objects.Select(key => new SpokenName(key, key, null, null)).ToList();
        var owner = objects.ToDictionary(key => key, key => key);
        var frontier = objects.ToList();
        for (var step = 0; step < LongestChain && frontier.Count > 0; step++)
        {
            var said = await db.SaidNames.AsNoTracking().Where(n => frontier.Contains(n.TargetSpokenKey))
                .Select(n => new { n.SpokenKey, n.TargetSpokenKey, n.System, n.Id, n.Kind }).ToListAsync(cancellationToken);
            frontier = [];
            foreach (var name in said)
            {
                var target = owner[name.TargetSpokenKey];
                names.Add(new SpokenName(target, name.SpokenKey, name.Kind is NameKind.Alias ? name.System : null, name.Id));
                if (owner.TryAdd(name.SpokenKey, target))
                {
                    frontier.Add(name.SpokenKey);
                }
            }
        }

        return names;
    }

    /// <summary>The objects that these spoken names mean, as far as there are any: themselves first, else what they were said to mean.</summary>
    public static async Task<IReadOnlyDictionary<Guid, BusinessObject>> Resolve(OpsDb db, IReadOnlyCollection<Guid> spoken, CancellationToken cancellationToken)
    {
        var means = spoken.ToDictionary(key => key, key => key);
        var found = new Dictionary<Guid, BusinessObject>();
        for (var step = 0; step < LongestChain && means.Count > 0; step++)
        {
            var keys = means.Values.Distinct().ToList();
            var objects = await db.Objects.AsNoTracking().Where(o => keys.Contains(o.Key)).ToDictionaryAsync(o => o.Key, cancellationToken);
            foreach (var (name, key) in means.ToList())
            {
                if (objects.TryGetValue(key, out var known))
                {
                    found[name] = known;
                    means.Remove(name);
                }
            }

            if (means.Count == 0)
            {
                break;
            }

            var open = means.Values.Distinct().ToList();
            var said = await db.SaidNames.AsNoTracking().Where(n => open.Contains(n.SpokenKey))
                .Select(n => new { n.SpokenKey, n.TargetSpokenKey }).ToListAsync(cancellationToken);
            var next = said.GroupBy(n => n.SpokenKey).ToDictionary(n => n.Key, n => n.First().TargetSpokenKey);
            means = means.Where(name => next.ContainsKey(name.Value)).ToDictionary(name => name.Key, name => next[name.Value]);
        }

        return found;
    }
}

/// <summary>One name of an object.</summary>
/// <param name="ObjectKey">The object.</param>
/// <param name="SpokenKey"><see cref="Ids.OfObject"/> of the name.</param>
/// <param name="System">Whose name it is; nothing: everybody's.</param>
/// <param name="Id">The name's id; nothing for the object's own.</param>
internal sealed record SpokenName(Guid ObjectKey, Guid SpokenKey, string? System, string? Id);
