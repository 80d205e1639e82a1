namespace OpsConsole.Traces;

/// <summary>Why the critical path stood still.</summary>
public enum GapKind
{
    /// <summary>The business let it wait: a person, an approval, another step of the transaction.</summary>
    Business,

    /// <summary>Technical: a message lay in a queue or an outbox.</summary>
    Queue,

    /// <summary>Technical: an attempt had failed, and the next one was put off.</summary>
    Backoff,

    /// <summary>Nothing that was recorded says why.</summary>
    Unknown,
}

/// <summary>A stretch of the critical path in which nothing of it ran. It ends where its span begins.</summary>
/// <param name="Kind">Business or technical, and which.</param>
/// <param name="Name">What was waited for, in a few words: <c>Queue erp.invoices</c>.</param>
/// <param name="Rule">Why it is called so, as a sentence that can be checked against the spans.</param>
/// <param name="FromMs">From the trace's start.</param>
/// <param name="Ms">How long.</param>
public sealed record TraceGap(GapKind Kind, string Name, string Rule, double FromMs, double Ms)
{
    /// <summary>Where nothing is known of the wait nor of what came before it.</summary>
    public const string NothingRecorded = "Nothing recorded";
}
