using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>The objects that a fold has in its hands: each is read once, changed in memory and written once at the end.</summary>
internal sealed class ObjectSet(OpsDb db)
{
    private readonly Dictionary<Guid, BusinessObject?> _rows = [];
    private readonly HashSet<Guid> _stored = [];
    private readonly HashSet<Guid> _changed = [];

    /// <summary>Reads those that were not asked for before: one query for all.</summary>
    public async Task Load(IEnumerable<Guid> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Where(key => _rows.TryAdd(key, null)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        foreach (var row in await db.Objects.AsNoTracking().Where(row => missing.Contains(row.Key)).ToListAsync(cancellationToken))
        {
            _rows[row.Key] = row;
            _stored.Add(row.Key);
        }
    }

    /// <summary>As it is now; nothing when there is no such object. It must have been loaded.</summary>
    public BusinessObject? Find(Guid key) => _rows[key];

    /// <summary>It was there before this fold, so other tables may tell of it too.</summary>
    public bool IsStored(Guid key) => _stored.Contains(key);

    /// <summary>A new object, or a new version of one, to be written.</summary>
    public void Put(BusinessObject row)
    {
        _rows[row.Key] = row;
        _changed.Add(row.Key);
    }

    /// <summary>The object is no more.</summary>
    public void Drop(Guid key)
    {
        _rows[key] = null;
        _changed.Add(key);
    }

    public async Task Write(CancellationToken cancellationToken)
    {
        var gone = _changed.Where(key => _rows[key] is null && _stored.Contains(key)).ToArray();
        if (gone.Length > 0)
        {
            await db.Objects.Where(row => gone.Contains(row.Key)).ExecuteDeleteAsync(cancellationToken);
        }

        var rows = _changed.Select(key => _rows[key]).OfType<BusinessObject>().OrderBy(row => row.Key).ToLookup(row => _stored.Contains(row.Key));
        await db.Dialect.Insert(db, [.. rows[false]], cancellationToken);
        await db.Dialect.Upsert(db, [.. rows[true]], cancellationToken);
    }
}
