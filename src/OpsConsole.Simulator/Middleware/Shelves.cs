using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Middleware;

/// <summary>
/// What the middleware keeps: messages that wait for another record (by what they wait for), and messages that were refused (by what they are
/// about). Kept in the state folder over a restart.
/// </summary>
internal sealed class Shelves(Journal journal)
{
    private const string File = "middleware";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Message>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Message> _dead = new(StringComparer.Ordinal);

    public static string NameOf(string type, string id) => $"{type}/{id}";

    public void Hold(string waitsFor, Message message)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(waitsFor, out var shelf))
            {
                shelf = _waiting[waitsFor] = [];
            }

            shelf.Add(message);
        }
    }

    public void Bury(Message message)
    {
        lock (_gate)
        {
            _dead[NameOf(message.Kind.Type, message.Facts.Id)] = message;
        }
    }

    /// <summary>A record is there: what waited for it may go, and a refused message about it is settled.</summary>
    public IReadOnlyList<Message> Release(string name)
    {
        lock (_gate)
        {
            _dead.Remove(name);
            return _waiting.Remove(name, out var shelf) ? shelf : [];
        }
    }

    public Message? TakeDead(string name)
    {
        lock (_gate)
        {
            return _dead.Remove(name, out var message) ? message : null;
        }
    }

    public (int Waiting, int Dead) Count()
    {
        lock (_gate)
        {
            return (_waiting.Values.Sum(shelf => shelf.Count), _dead.Count);
        }
    }

    public void Load()
    {
        foreach (var kept in journal.Load<List<Kept>>(File) ?? [])
        {
            if (DocumentCatalog.Find(kept.Type) is not { } kind)
            {
                continue;
            }

            var message = new Message(kind, kept.Payload, kept.Attempt);
            if (kept.WaitsFor is { } waitsFor)
            {
                Hold(waitsFor, message);
            }
            else
            {
                Bury(message);
            }
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            var waiting = from shelf in _waiting from message in shelf.Value select Keep(message, shelf.Key);
            journal.Save(File, waiting.Concat(_dead.Values.Select(message => Keep(message, null))).ToList());
        }
    }

    private static Kept Keep(Message message, string? waitsFor) => new(message.Kind.Type, message.Payload, message.Attempt, waitsFor);

    private sealed record Kept(string Type, JsonObject Payload, int Attempt, string? WaitsFor);
}
