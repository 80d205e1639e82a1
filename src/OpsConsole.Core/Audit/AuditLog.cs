namespace OpsConsole.Audit;

/// <summary>What the audit's workers write to the log. Ids 3100-3199 belong to it.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(3101, LogLevel.Warning, "What waits for its seal could not be counted")]
    public static partial void UnsealedNotCounted(this ILogger log, Exception failure);
}
