using System.Collections.Concurrent;

namespace OpsConsole.Intake.Rabbit;

/// <summary>What intake from a broker does now on this node, for people.</summary>
public sealed class RabbitState
{
    private readonly ConcurrentDictionary<string, (bool Flows, string Sentence)> _queues = new(StringComparer.Ordinal);

    /// <summary>One sentence; nothing when no broker is set.</summary>
    public string? Sentence => _queues.IsEmpty ? null : string.Join(' ', _queues.OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => queue.Value.Sentence));

    /// <summary>False while something keeps it from taking messages in.</summary>
    public bool Flows => !_queues.IsEmpty && _queues.Values.All(queue => queue.Flows);

    /// <summary>What one queue's intake says; nothing before it has said anything.</summary>
    internal (bool Flows, string Sentence)? Of(string queue) => _queues.TryGetValue(queue, out var said) ? said : null;

    internal void Set(string queue, bool flows, string sentence) => _queues[queue] = (flows, sentence);
}
