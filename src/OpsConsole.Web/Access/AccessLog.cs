namespace OpsConsole.Web.Access;

/// <summary>Every sentence this room writes to the log. Ids 9100-9199 belong to it.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(9101, LogLevel.Information, "An account was made for {Email}")]
    public static partial void AccountMade(this ILogger log, string email);

    [LoggerMessage(9102, LogLevel.Warning, "Nobody has an account yet. Make the first administrator within a day: {Link}")]
    public static partial void SetUpNeeded(this ILogger log, string link);

    [LoggerMessage(9103, LogLevel.Error, "The first accounts could not be made: {Reason}")]
    public static partial void SeedRefused(this ILogger log, string reason);

    [LoggerMessage(9104, LogLevel.Information, "{PersonId} signed in from {Address}")]
    public static partial void SignedIn(this ILogger log, Guid personId, string? address);

    [LoggerMessage(9105, LogLevel.Warning, "A sign-in as {Email} from {Address} was refused: {Reason}")]
    public static partial void SignInRefused(this ILogger log, string email, string? address, string reason);
}
