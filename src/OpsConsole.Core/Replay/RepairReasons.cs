namespace OpsConsole.Replay;

/// <param name="Code">Stable, for programs and KPIs.</param>
/// <param name="Label">For people.</param>
public sealed record RepairReason(string Code, string Label);

/// <summary>Why payloads are repaired. To add a reason: one line in <see cref="All"/>.</summary>
public static class RepairReasons
{
    public const string Other = "other";

    public static readonly IReadOnlyList<RepairReason> All =
    [
        new("missing-value", "A value was missing"), new("wrong-value", "A value was wrong"), new("mapping", "The middleware mapped it wrongly"),
        new("master-data", "Master data was corrected"), new("format", "It was written in the wrong form"), new(Other, "Something else"),
    ];

    public static RepairReason? Find(string? code) => All.FirstOrDefault(reason => reason.Code == code);
}
