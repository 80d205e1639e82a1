namespace OpsConsole.Intake.Rabbit;

/// <summary>What intake from a broker does now on this node, for people.</summary>
public sealed class RabbitState
{
    /// <summary>One sentence; nothing when no broker is set.</summary>
    public string? Sentence { get; private set; }

    /// <summary>False while something keeps it from taking messages in.</summary>
    public bool Flows { get; private set; }

    internal void Set(bool flows, string sentence) => (Flows, Sentence) = (flows, sentence);
}
