using OpsConsole.Events;

namespace OpsConsole.Projection;

/// <summary>
/// All facts of objects that have many, as the last commits of this projector left them, so that another fact of a long history does not read
/// it again. Only the projector of one epoch uses it, and only while names stay as they are and nothing fails: then everything is forgotten.
/// </summary>
/// <param name="atLeast">Shorter histories are read.</param>
/// <param name="most">How many facts are kept at most.</param>
internal sealed class LongFacts(int atLeast = 100, int most = 50_000)
{
    private readonly Dictionary<Guid, List<Fact>> _objects = [];
    private int _count;

    /// <summary>The facts of an object, some of which may not be folded yet; nothing when they must be read.</summary>
    public IReadOnlyList<Fact>? Find(Guid key) => _objects.GetValueOrDefault(key);

    /// <summary>After the commit of their fold.</summary>
    public void Keep(IReadOnlyDictionary<Guid, List<Fact>> folded)
    {
        foreach (var (key, facts) in folded)
        {
            if (facts.Count < atLeast || facts.Count > most)
            {
                _count -= _objects.Remove(key, out var outgrown) ? outgrown.Count : 0;
                continue;
            }

            _count += facts.Count - (_objects.TryGetValue(key, out var before) ? before.Count : 0);
            _objects[key] = facts;
            if (_count > most)
            {
                Forget();
            }
        }
    }

    public void Forget()
    {
        _objects.Clear();
        _count = 0;
    }
}
