namespace OpsConsole.Sources;

/// <summary>Every sentence this room writes to the log. Ids 1100-1199 belong to it.</summary>
internal static partial class SourcesLog
{
    [LoggerMessage(1101, LogLevel.Information, "The source bootstrap takes the key that was set from outside")]
    public static partial void BootstrapReady(this ILogger log);

    [LoggerMessage(1102, LogLevel.Information, "{ActorId} made a key of source {Source} that ends with {Tail}")]
    public static partial void KeyMade(this ILogger log, string actorId, string source, string tail);

    [LoggerMessage(1103, LogLevel.Information, "{ActorId} revoked a key of source {Source} that ended with {Tail}")]
    public static partial void KeyRevoked(this ILogger log, string actorId, string source, string tail);

    [LoggerMessage(1104, LogLevel.Warning, "Who was turned away could not be written down now; it is tried again")]
    public static partial void RefusalsWait(this ILogger log, Exception failure);

    [LoggerMessage(1105, LogLevel.Information, "{ActorId} set a web-hook secret of source {Source}")]
    public static partial void HookSecretSet(this ILogger log, string actorId, string source);
}
