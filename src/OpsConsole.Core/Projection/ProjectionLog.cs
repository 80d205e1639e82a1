namespace OpsConsole.Projection;

/// <summary>Every sentence this room writes to the log. Ids 3000-3099 belong to it.</summary>
internal static partial class ProjectionLog
{
    [LoggerMessage(3002, LogLevel.Warning, "{Batches} batches could not be folded together and are folded fact by fact")]
    public static partial void FoldingOneByOne(this ILogger log, Exception failure, int batches);

    [LoggerMessage(3003, LogLevel.Error, "Fact {EventKey} could not be folded and was parked")]
    public static partial void FactParked(this ILogger log, Exception failure, string eventKey);

    [LoggerMessage(3004, LogLevel.Information, "Flow {Flow} version {Version} was folded again")]
    public static partial void FlowFolded(this ILogger log, string flow, int version);
}
