using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Privacy;

/// <summary>One class of what is kept: for how long, and how what is older goes.</summary>
/// <param name="Code">As counts and the audit name it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Holds">What belongs to it.</param>
/// <param name="Days">For how many days; nothing: for ever.</param>
/// <param name="Sweep">Takes some of what is older away, the oldest first; nothing: another worker does, or nobody.</param>
internal sealed record RetentionClass(string Code, string Title, string Holds, Func<RetentionOptions, int?> Days, Func<OpsDb, DateTimeOffset, CancellationToken, Task<Swept>>? Sweep = null)
{
    /// <summary>Exceptions go before the objects that they are about.</summary>
    public static readonly IReadOnlyList<RetentionClass> All =
    [
        new("telemetry", "Telemetry", "spans, logs and the summaries of their traces, by their day", options => options.SpanDays),
        new("exceptions", "Ended exceptions", "with payload versions, replays, steps, comments and tickets; from their end", options => options.WorkDays, RetentionSweep.Exceptions),
        new("events", "Events", "with objects and transactions; from an object's last receipt, unless something leans on it", options => options.WorkDays, RetentionSweep.Objects),
        new("notices", "Notices and letters", "what people were told, after it was sent or given up", options => options.NoticeDays, RetentionSweep.Notices),
        new("reveals", "Reveals", "who was shown hidden fields; the audit keeps it", options => options.NoticeDays, RetentionSweep.Reveals),
        new("quarantine", "Mended quarantine", "the bytes of what was taken in or discarded since; that it was there stays counted", options => options.NoticeDays, RetentionSweep.Quarantine),
        new("past", "Former rows", "what the console knew before: also what has gone meanwhile", options => options.PastDays),
        new("audit", "Audit", "every entry with its seals and anchors", _ => null),
    ];
}
