namespace OpsConsole.Intake;

/// <summary>Every sentence this room writes to the log. Ids 1000-1099 belong to it.</summary>
internal static partial class IntakeLog
{
    [LoggerMessage(1001, LogLevel.Error, "The database did not take what was received; senders are asked to come again until it does")]
    public static partial void DatabaseAway(this ILogger log, Exception failure);

    [LoggerMessage(1002, LogLevel.Information, "The database takes what is received again")]
    public static partial void DatabaseBack(this ILogger log);

    [LoggerMessage(1003, LogLevel.Debug, "Another node stored one of the same facts first; the write was done again")]
    public static partial void Raced(this ILogger log);

    [LoggerMessage(1004, LogLevel.Error, "One of the {Kind} of {Source} could be read but not stored and was quarantined")]
    public static partial void NotStorable(this ILogger log, Exception failure, string source, string kind);

    [LoggerMessage(1005, LogLevel.Debug, "How much waits to be folded could not be read; what was seen last stays in force")]
    public static partial void BacklogUnseen(this ILogger log, Exception failure);

    [LoggerMessage(1011, LogLevel.Warning, "The mappings of events could not be read; those that are known stay in force")]
    public static partial void MappingsUnread(this ILogger log, Exception failure);

    [LoggerMessage(1012, LogLevel.Information, "Mapping file {File} was left aside: {Owner} set the mapping since")]
    public static partial void MappingFileLeft(this ILogger log, string file, string owner);
}
