namespace OpsConsole.Web.Shell;

/// <summary>What the shell writes to the log. Ids 9000-9099 belong to it.</summary>
internal static partial class ShellLog
{
    [LoggerMessage(9001, LogLevel.Warning, "A request to {Path} from the origin {Origin} at {Address} was refused")]
    public static partial void ForeignOrigin(this ILogger log, string path, string origin, string? address);

    [LoggerMessage(9002, LogLevel.Warning, "A request to {Path} from {Address} was refused: more was asked for than may be")]
    public static partial void TooMany(this ILogger log, string path, string? address);

    [LoggerMessage(9003, LogLevel.Information, "The database withholds the rows of other units from people and programs that are limited to some")]
    public static partial void RowsWithheld(this ILogger log);

    [LoggerMessage(9004, LogLevel.Warning, "The database withholds no rows, only the console's own conditions do: {Why}")]
    public static partial void RowsNotWithheld(this ILogger log, string why);
}
