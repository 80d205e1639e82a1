namespace OpsConsole.Intake.Rabbit;

/// <summary>What intake from a broker writes to the log. Ids 1050-1069 belong to it.</summary>
internal static partial class RabbitLog
{
    [LoggerMessage(1050, LogLevel.Information, "Messages of queue {Queue} at {Broker} are taken in as source {Source}")]
    public static partial void Consuming(this ILogger log, string queue, string broker, string source);

    [LoggerMessage(1051, LogLevel.Warning, "The broker {Broker} cannot be reached or ended the connection; it is tried again")]
    public static partial void BrokerAway(this ILogger log, Exception? failure, string broker);

    [LoggerMessage(1052, LogLevel.Warning, "What the queue holds cannot be stored now; its messages stay at the broker until the database takes them")]
    public static partial void NotStored(this ILogger log, Exception? failure);

    [LoggerMessage(1053, LogLevel.Warning, "The source {Source} is disabled or lacks the scope events, so that the queue is left alone")]
    public static partial void SourceMayNot(this ILogger log, string source);

    [LoggerMessage(1054, LogLevel.Warning, "The queue {Queue} was declared otherwise by somebody else and is used as it is: what it rejects goes where its own rules say, and to the quarantine")]
    public static partial void DeclaredOtherwise(this ILogger log, string queue);

    [LoggerMessage(1055, LogLevel.Warning, "A message could not be taken in and went to {Queue}: {Reason}")]
    public static partial void Poisoned(this ILogger log, string queue, string reason);

    [LoggerMessage(1056, LogLevel.Error, "Queue {Queue} holds a message of {Bytes} bytes; {Most} are taken. It stays there, and so does what came after it")]
    public static partial void TooLarge(this ILogger log, string queue, int bytes, long most);
}
