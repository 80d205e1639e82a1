namespace OpsConsole.Projection;

/// <summary>The kinds of facts, as counts, batches and the quarantine name them.</summary>
public static class FactKind
{
    public const string Events = "events";
    public const string Spans = "spans";
}
