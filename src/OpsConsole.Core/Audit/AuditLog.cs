namespace OpsConsole.Audit;

/// <summary>What the audit's workers write to the log. Ids 3100-3199 belong to it.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(3101, LogLevel.Warning, "What waits for its seal could not be counted")]
    public static partial void UnsealedNotCounted(this ILogger log, Exception failure);

    [LoggerMessage(3102, LogLevel.Warning, "The anchor at number {Number} was not delivered by {Way}: {Fault}. It will be tried again")]
    public static partial void AnchorNotDelivered(this ILogger log, long number, string way, string fault);

    [LoggerMessage(3103, LogLevel.Warning, "What came since the last anchor was not anchored at the end: {Fault}")]
    public static partial void NotAnchoredAtEnd(this ILogger log, string fault);
}
