using OpsConsole.Replay.Targets;

namespace OpsConsole.Replay;

/// <summary>What came of one replay that this node held.</summary>
/// <param name="Prepared">The replay.</param>
internal abstract record SendNote(Prepared Prepared)
{
    public Guid Id => Prepared.Id;
}

/// <summary>It was sent.</summary>
/// <param name="At">When the send began.</param>
internal sealed record Sent(Prepared Prepared, SendResult Result, DateTimeOffset At) : SendNote(Prepared);

/// <summary>The target was asked first, and has it already: just so, or otherwise.</summary>
internal sealed record Found(Prepared Prepared, DryRunResult Held) : SendNote(Prepared);

/// <summary>It can never be sent as it was decided.</summary>
internal sealed record NotSent(Prepared Prepared, string Why) : SendNote(Prepared);

/// <summary>Another exception must end first.</summary>
internal sealed record Blocked(Prepared Prepared, Parent Parent) : SendNote(Prepared);

/// <summary>The target went down before its turn came.</summary>
internal sealed record Held(Prepared Prepared) : SendNote(Prepared);
