namespace OpsConsole.Simulator.Records;

/// <summary>
/// One kind of document that systems keep and that can be sent to them: which fields its JSON has, where it is posted, and what is said of
/// it to the console. Field names in the JSON are the canonical attribute names, so that a repair form finds the field that was refused.
/// </summary>
internal sealed record DocumentKind
{
    /// <summary>The business object's type, as in CONTRACT §3.1.</summary>
    public required string Type { get; init; }
    public required string Service { get; init; }

    /// <summary>The last part of the path: <c>/erp/invoices</c>.</summary>
    public required string Path { get; init; }
    public required string IdField { get; init; }
    public string Operation { get; init; } = "create";

    /// <summary>What the object is when the system has taken it.</summary>
    public required string TakenState { get; init; }
    public required IReadOnlyList<string> Required { get; init; }
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Field → type and role of the object it names.</summary>
    public IReadOnlyList<(string Field, string Type, string? Role)> Links { get; init; } = [];

    public bool HasAmount => Required.Contains("amount");
    public string System => Service is "billing" ? "stripe" : "netsuite";
    public string Url => $"/{Service}/{Path}";

    /// <summary>The name under which the console knows the address for replays.</summary>
    public string Target => $"{Service}-{Path}";
}
