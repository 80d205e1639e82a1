using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Audit;

/// <summary>Where the head of the audit's chain is taken to, so that even the owner of the database cannot rewrite it unseen.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How often an anchor is made, when there is something new.</summary>
    [Range(1, 10_080)]
    public int AnchorMinutes { get; init; } = 60;

    /// <summary>An ECDSA P-256 key as PEM. Empty: the console makes one and keeps it under Data Protection, in the same database, which protects less.</summary>
    public string SigningKeyFile { get; init; } = "";

    /// <summary>A file to which each anchor is appended; best on a disk that the database's owner cannot write.</summary>
    public string AnchorFile { get; init; } = "";

    /// <summary>An address that each anchor is mailed to (<c>Mail:Host</c>).</summary>
    public string AnchorMail { get; init; } = "";

    /// <summary>An https address that each anchor is posted to.</summary>
    [RegularExpression("^$|^https?://.+$", ErrorMessage = "Audit:AnchorHook must be an http or https address.")]
    public string AnchorHook { get; init; } = "";
}
