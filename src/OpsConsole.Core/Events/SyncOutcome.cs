namespace OpsConsole.Events;

/// <summary>How what a system tried ended (wire contract §3.1, outcome).</summary>
public enum SyncOutcome : short
{
    Succeeded = 0,
    Pending = 1,
    Failed = 2,
}
