namespace OpsConsole.Simulator;

/// <summary>Every sentence that the simulator writes to the log.</summary>
internal static partial class SimulatorLog
{
    [LoggerMessage(9001, LogLevel.Warning, "The console answered {Status} to {Count} events; they were kept and will be sent again")]
    public static partial void ConsoleRefused(this ILogger log, int status, int count);

    [LoggerMessage(9002, LogLevel.Warning, "The console was not reached ({Reason}); {Count} events were kept and will be sent again")]
    public static partial void ConsoleAway(this ILogger log, string reason, int count);

    [LoggerMessage(9003, LogLevel.Error, "The console answered {Status} to a single event; it was left out")]
    public static partial void EventUnreadable(this ILogger log, int status);

    [LoggerMessage(9004, LogLevel.Warning, "{Count} events were not sent before the stop; they were kept in the state folder")]
    public static partial void EventsKept(this ILogger log, int count);

    [LoggerMessage(9005, LogLevel.Information, "The past was created: {Deals} transactions since {From:u}")]
    public static partial void PastCreated(this ILogger log, int deals, DateTimeOffset from);

    [LoggerMessage(9006, LogLevel.Error, "A step of transaction {Deal} failed")]
    public static partial void StepFailed(this ILogger log, Exception failure, long deal);

    [LoggerMessage(9007, LogLevel.Warning, "The console at {Url} was not ready in time; the simulation began without it")]
    public static partial void ConsoleNotReady(this ILogger log, Uri url);

    [LoggerMessage(9008, LogLevel.Information, "The simulated company opened at {Url}, seed {Seed}, {Speed} transactions a minute, events to {Console}")]
    public static partial void Opened(this ILogger log, Uri url, long seed, double speed, Uri console);

    [LoggerMessage(9009, LogLevel.Information, "The console did not take a contract or the matrix of owners: {Reason}")]
    public static partial void PaperworkNotTaken(this ILogger log, string reason);

    [LoggerMessage(9010, LogLevel.Error, "{System} refused {Type} {Id} with {Code}: {Reason}")]
    public static partial void MessageRefused(this ILogger log, string system, string type, string id, string code, string reason);

    [LoggerMessage(9011, LogLevel.Warning, "{Type} {Id} waits: {System} answered {Code}")]
    public static partial void MessageWaits(this ILogger log, string type, string id, string system, string code);
}
