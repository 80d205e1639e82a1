using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Notify;

/// <summary>The mail server that letters go through. Without a host no mail is sent, and the settings page says so.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Empty: no mail.</summary>
    public string Host { get; init; } = "";

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>The sender's address.</summary>
    public string From { get; init; } = "opsconsole@localhost";

    /// <summary>Empty: the server asks for none.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Talks in the clear only where this is switched off, as within one machine.</summary>
    public bool StartTls { get; init; } = true;

    public bool IsSet => Host.Length > 0;
}

/// <summary>What letters need to know of the console.</summary>
public sealed class NotifyOptions
{
    public const string Section = "Notify";

    /// <summary>The console's address as readers of letters reach it; empty: letters carry paths only.</summary>
    [RegularExpression("^$|^https?://.+[^/]$", ErrorMessage = "Notify:Url must be an http or https address without a slash at its end.")]
    public string Url { get; init; } = "";
}
