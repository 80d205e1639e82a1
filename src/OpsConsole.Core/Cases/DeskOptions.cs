using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Cases;

/// <summary>How people share the work.</summary>
public sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>Business hours of its unit (plain ones where it keeps no calendar) without work, after which a claim ends and the exception goes back to its queue.</summary>
    [Range(0.001, 30 * 24)]
    public double LeaseHours { get; init; } = 8;

    /// <summary>Days for which an exception can be laid aside in all, however often.</summary>
    [Range(1, 365)]
    public int LongestSnoozeDays { get; init; } = 90;
}
