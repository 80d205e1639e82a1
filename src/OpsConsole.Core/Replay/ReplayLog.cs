using OpsConsole.Replay.Bulks;

namespace OpsConsole.Replay;

/// <summary>Every sentence that this room writes to the log. Ids 2100-2199 belong to it.</summary>
internal static partial class ReplayLog
{
    [LoggerMessage(2101, LogLevel.Debug, "Replay {ItemId} of case {CaseId}, attempt {Attempt} to {Target}, was answered {Status}")]
    public static partial void Sent(this ILogger log, Guid itemId, Guid caseId, int attempt, string target, int? status);

    [LoggerMessage(2102, LogLevel.Debug, "Replay {ItemId} ended as {State}")]
    public static partial void ReplayEnded(this ILogger log, Guid itemId, ReplayState state);

    [LoggerMessage(2103, LogLevel.Warning, "A turn of the replay worker failed and will be tried again")]
    public static partial void ReplayTurnFailed(this ILogger log, Exception failure);

    [LoggerMessage(2104, LogLevel.Warning, "Replay {ItemId} could not be worked on and will be taken up again")]
    public static partial void ReplayFailed(this ILogger log, Exception failure, Guid itemId);

    [LoggerMessage(2105, LogLevel.Information, "Target {Target} is back: {Count} replays go on")]
    public static partial void TargetBack(this ILogger log, string target, int count);

    [LoggerMessage(2106, LogLevel.Warning, "A bulk could not be worked on and will be taken up again: {Bulk}")]
    public static partial void BulkFailed(this ILogger log, Exception failure, Guid bulk);

    [LoggerMessage(2107, LogLevel.Information, "Bulk {Bulk} is {State}: {Why}")]
    public static partial void BulkMoved(this ILogger log, Guid bulk, BulkState state, string why);

    [LoggerMessage(2108, LogLevel.Information, "{Count} drafts of repairs were dropped: their exceptions have ended, or nobody went on with them")]
    public static partial void DraftsDropped(this ILogger log, int count);
}
