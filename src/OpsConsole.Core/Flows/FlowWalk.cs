namespace OpsConsole.Flows;

/// <summary>A step along a link, from an object to a neighbour.</summary>
public readonly record struct LinkStep(Guid From, Guid To, string ToType);

/// <summary>Answers the neighbours of many objects at once, of the types asked for.</summary>
public delegate Task<IReadOnlyList<LinkStep>> Neighbours(IReadOnlyCollection<Guid> objects, IReadOnlyCollection<string> types, CancellationToken cancellationToken);

/// <summary>
/// Walks a flow's paths (wire contract §6): the exact chains of types from the lead, links in either direction, nothing past a path's end
/// and nothing through another object of the lead's type. One read per level for all transactions together.
/// </summary>
public sealed class FlowWalk(FlowDefinition flow, Neighbours neighbours)
{
    private readonly string[][] _paths = [.. flow.Paths.Select(path => path.Split('/')).Where(path => path.Length > 1 && path[0] == flow.Lead)];

    /// <summary>The members of each lead's transaction, the lead included, with the shortest path by which each is reached.</summary>
    public async Task<Dictionary<Guid, Dictionary<Guid, string>>> Members(IReadOnlyCollection<Guid> leads, CancellationToken cancellationToken)
    {
        var members = leads.ToDictionary(lead => lead, lead => new Dictionary<Guid, string> { [lead] = flow.Lead });
        var frontier = leads.Select(lead => new Reached(lead, lead, flow.Lead)).ToHashSet();
        for (var depth = 1; frontier.Count > 0; depth++)
        {
            var next = Extensions(depth);
            if (next.Count == 0)
            {
                break;
            }

            frontier = await Level(frontier, next, members, cancellationToken);
        }

        return members;
    }

    /// <summary>The leads whose transactions use a link from an object to one of another type.</summary>
    public async Task<HashSet<Guid>> LeadsThrough(IEnumerable<(Guid From, string FromType, string ToType)> links, CancellationToken cancellationToken)
    {
        var leads = new HashSet<Guid>();
        var climbing = Starts(links);
        while (climbing.Count > 0)
        {
            leads.UnionWith(climbing.Where(climb => climb.At == 0).Select(climb => climb.Object));
            climbing = await Up(climbing.Where(climb => climb.At > 0).ToList(), cancellationToken);
        }

        return leads;
    }

    /// <summary>Each link from the end that is nearer to the lead, wherever a path uses it.</summary>
    private HashSet<Climb> Starts(IEnumerable<(Guid From, string FromType, string ToType)> links)
    {
        var starts = new HashSet<Climb>(ClimbComparer.One);
        foreach (var link in links)
        {
            foreach (var path in _paths)
            {
                for (var i = 0; i + 1 < path.Length; i++)
                {
                    if (path[i] == link.FromType && path[i + 1] == link.ToType)
                    {
                        starts.Add(new Climb(link.From, path, i));
                    }
                }
            }
        }

        return starts;
    }

    /// <summary>Path prefix → the types that may follow it, for prefixes of <paramref name="depth"/> types.</summary>
    private ILookup<string, string> Extensions(int depth) =>
        _paths.Where(path => path.Length > depth)
            .Select(path => (Prefix: string.Join('/', path.Take(depth)), Type: path[depth]))
            .Distinct().ToLookup(step => step.Prefix, step => step.Type, StringComparer.Ordinal);

    private async Task<HashSet<Reached>> Level(
        HashSet<Reached> frontier, ILookup<string, string> next, Dictionary<Guid, Dictionary<Guid, string>> members, CancellationToken cancellationToken)
    {
        var going = frontier.Where(reached => next.Contains(reached.Path)).ToList();
        var steps = (await neighbours([.. going.Select(reached => reached.Object).ToHashSet()], [.. next.SelectMany(types => types).ToHashSet()], cancellationToken))
            .ToLookup(step => step.From);
        var arrived = new HashSet<Reached>();
        var paths = next.SelectMany(types => types.Select(type => (Prefix: types.Key, Type: type))).ToDictionary(end => end, end => $"{end.Prefix}/{end.Type}");
        foreach (var reached in going)
        {
            foreach (var step in steps[reached.Object])
            {
                if (step.To == reached.Lead || !paths.TryGetValue((reached.Path, step.ToType), out var path))
                {
                    continue;
                }

                if (!members[reached.Lead].TryGetValue(step.To, out var known) || (known.Length == path.Length && string.CompareOrdinal(path, known) < 0))
                {
                    members[reached.Lead][step.To] = path;
                }

                // Another object of the lead's type may be an end, never a way.
                if (step.ToType != flow.Lead)
                {
                    arrived.Add(new Reached(reached.Lead, step.To, path));
                }
            }
        }

        return arrived;
    }

    private async Task<HashSet<Climb>> Up(List<Climb> climbing, CancellationToken cancellationToken)
    {
        if (climbing.Count == 0)
        {
            return [];
        }

        var steps = (await neighbours(
            [.. climbing.Select(climb => climb.Object).ToHashSet()], [.. climbing.Select(climb => climb.Path[climb.At - 1]).ToHashSet()], cancellationToken))
            .ToLookup(step => step.From);
        return (
            from climb in climbing
            from step in steps[climb.Object]
            where step.ToType == climb.Path[climb.At - 1] && (climb.At == 1 || step.ToType != flow.Lead)
            select climb with { Object = step.To, At = climb.At - 1 }).ToHashSet(ClimbComparer.One);
    }

    private readonly record struct Reached(Guid Lead, Guid Object, string Path);

    private readonly record struct Climb(Guid Object, string[] Path, int At);

    private sealed class ClimbComparer : IEqualityComparer<Climb>
    {
        public static readonly ClimbComparer One = new();

        public bool Equals(Climb x, Climb y) => x.Object == y.Object && x.At == y.At && ReferenceEquals(x.Path, y.Path);

        public int GetHashCode(Climb climb) => HashCode.Combine(climb.Object, climb.At, climb.Path.Length);
    }
}
