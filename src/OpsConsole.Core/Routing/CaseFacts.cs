using OpsConsole.Cases;

namespace OpsConsole.Routing;

/// <summary>What rules read of an exception, and nothing else: the same facts give the same answer today and in a what-if over last month.</summary>
/// <param name="Type">Exception type code.</param>
/// <param name="ReportingAmount">At risk, in the reporting currency; nothing when no rate is known.</param>
/// <param name="OpenedAt">From when it is due.</param>
public readonly record struct CaseFacts(
    string Type, string ObjectType, string Unit, string? LegalEntity, string? Category, decimal? ReportingAmount, DateTimeOffset OpenedAt)
{
    internal static CaseFacts Of(ExceptionCase @case) =>
        new(@case.ExceptionType, @case.ObjectType, @case.Unit, @case.LegalEntity, @case.ErrorCategory, @case.ReportingAmount, @case.OpenedAt);
}
