namespace OpsConsole.Projection;

/// <summary>The kinds of facts, as counts, batches and the quarantine name them.</summary>
public static class FactKind
{
    public const string Events = "events";
    public const string Spans = "spans";

    /// <summary>Log records. They are shown as they came: nothing is folded of them.</summary>
    public const string Logs = "logs";

    public static readonly IReadOnlyList<string> All = [Events, Spans, Logs];
}
