namespace OpsConsole.Events;

/// <summary>How what a system tried ended (wire contract §3.1, outcome).</summary>
public enum SyncOutcome : short
{
    Succeeded = 0,
    Pending = 1,
    Failed = 2,

    /// <summary>Something happened and nothing is said of how it ended: an event of another type whose mapping names no outcome. It stands on timelines and changes no state.</summary>
    Noted = 3,
}
