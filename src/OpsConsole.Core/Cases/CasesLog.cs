namespace OpsConsole.Cases;

/// <summary>Every sentence that this room writes to the log. Ids 2000-2099 belong to it.</summary>
internal static partial class CasesLog
{
    [LoggerMessage(2001, LogLevel.Information, "Case {CaseId} went from {From} to {To} by {ActorId}")]
    public static partial void CaseMoved(this ILogger log, Guid caseId, CaseState from, CaseState to, string actorId);

    [LoggerMessage(2002, LogLevel.Information, "{Signals} signals were taken into cases: {Found} new, {Moved} moved")]
    public static partial void SignalsTaken(this ILogger log, int signals, int found, int moved);

    [LoggerMessage(2003, LogLevel.Information, "{Count} snoozed cases were woken")]
    public static partial void CasesWoken(this ILogger log, int count);

    [LoggerMessage(2004, LogLevel.Information, "{Count} amounts at risk were converted anew")]
    public static partial void CasesRevalued(this ILogger log, int count);

    [LoggerMessage(2005, LogLevel.Information, "Milestones were watched: {Missing} did not come in time, {Ended} came after all")]
    public static partial void MilestonesWatched(this ILogger log, int missing, int ended);

    [LoggerMessage(2006, LogLevel.Information, "{Count} claims ended, because nobody worked on them")]
    public static partial void ClaimsEnded(this ILogger log, int count);

    [LoggerMessage(2007, LogLevel.Warning, "Feeds were judged: {Silent} fell silent, {Ended} are heard again")]
    public static partial void SilenceWatched(this ILogger log, int silent, int ended);
}
