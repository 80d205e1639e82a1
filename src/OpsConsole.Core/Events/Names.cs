namespace OpsConsole.Events;

/// <summary>
/// Tells which object a spoken name means. An alias holds for its system only; a merge holds for the object whoever speaks. Both are
/// followed to their end, so that chains join in any order of arrival. Where statements run in a circle the smallest name of it stands,
/// so that every order of arrival agrees.
/// </summary>
public sealed class Names
{
    private readonly Dictionary<(string Type, string System, string Id), SaidName> _aliases = [];
    private readonly Dictionary<ObjectRef, SaidName> _merges = [];
    private readonly Dictionary<(string Type, string System, string Id), ObjectRef> _known = [];
    private readonly Dictionary<ObjectRef, Guid> _keys = [];

    private bool IsPlain => _aliases.Count == 0 && _merges.Count == 0;

    public Names(IEnumerable<SaidName> said)
    {
        var rows = said.ToList();
        foreach (var alias in rows.Where(row => row.Kind is NameKind.Alias))
        {
            _aliases[(alias.Type, alias.System, alias.Id)] = alias;
        }

        // Two systems' names of one object may both be said to be merged: the latest statement counts.
        foreach (var merge in rows.Where(row => row.Kind is NameKind.Merge).OrderBy(OrderOf))
        {
            _merges[Unaliased(merge.Type, merge.System, merge.Id)] = merge;
        }
    }

    /// <summary><see cref="ObjectRef.Key"/>, made once for each object: it is a hash.</summary>
    public Guid KeyOf(ObjectRef name)
    {
        if (!_keys.TryGetValue(name, out var key))
        {
            _keys[name] = key = name.Key;
        }

        return key;
    }

    /// <summary>The key of the object that a spoken name means.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="system">Who speaks.</param>
    /// <param name="id">As it was spoken.</param>
    /// <param name="spoken"><see cref="Ids.OfObject"/> of it: where no name leads elsewhere, that is the object's.</param>
    public Guid KeyOf(string type, string system, string id, Guid spoken) => IsPlain ? spoken : KeyOf(Resolve(type, system, id));

    public static FactOrder OrderOf(SaidName row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new FactOrder(row.Time, row.Source, row.Sequence, row.EventId);
    }

    public ObjectRef Resolve(string type, string system, string id)
    {
        if (IsPlain)
        {
            return new ObjectRef(type, id);
        }

        if (_known.TryGetValue((type, system, id), out var known))
        {
            return known;
        }

        var at = Unaliased(type, system, id);
        var seen = new List<ObjectRef> { at };
        while (_merges.TryGetValue(at, out var merge))
        {
            at = Unaliased(merge.TargetType, merge.TargetSystem, merge.TargetId);
            if (seen.IndexOf(at) is var start and >= 0)
            {
                at = seen.Skip(start).Min(Comparer<ObjectRef>.Create(ByBytes));
                break;
            }

            seen.Add(at);
        }

        return _known[(type, system, id)] = at;
    }

    private ObjectRef Unaliased(string type, string system, string id)
    {
        var at = (Type: type, System: system, Id: id);
        var seen = new List<(string Type, string System, string Id)> { at };
        while (_aliases.TryGetValue(at, out var alias))
        {
            at = (alias.TargetType, alias.TargetSystem, alias.TargetId);
            if (seen.IndexOf(at) is var start and >= 0)
            {
                at = seen.Skip(start).MinBy(name => new ObjectRef(name.Type, name.Id), Comparer<ObjectRef>.Create(ByBytes));
                break;
            }

            seen.Add(at);
        }

        return new ObjectRef(at.Type, at.Id);
    }

    private static int ByBytes(ObjectRef left, ObjectRef right)
    {
        var byType = FactOrder.Bytes(left.Type, right.Type);
        return byType != 0 ? byType : FactOrder.Bytes(left.Id, right.Id);
    }
}
