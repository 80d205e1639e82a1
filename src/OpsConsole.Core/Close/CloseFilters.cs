using OpsConsole.Cases;
using OpsConsole.Events;

namespace OpsConsole.Close;

/// <summary>The lists behind a close's numbers: numbers and lists are asked for in the same words, so they cannot differ.</summary>
public static class CloseFilters
{
    /// <summary>The worklist's filter of one close, for all types or one.</summary>
    public static CaseFilter Cases(ClosePeriod period, string unit, string? legalEntity, string? type = null) => new()
    {
        States = CaseFlow.Unended.ToArray(), Unit = unit, Type = type, OpenedUntil = period.To, Query = Entity(legalEntity),
    };

    /// <summary>The filter of the objects about which systems disagree.</summary>
    public static ObjectFilter Objects(ClosePeriod period, string unit, string? legalEntity, string? type = null) =>
        new(type, Unit: unit, Disagrees: true, LegalEntity: legalEntity) { DisagreesBefore = period.To };

    /// <summary>A legal entity as the worklist's search names it.</summary>
    public static string? Entity(string? legalEntity) => legalEntity is null ? null : $"entity:\"{legalEntity.Replace("\"", "", StringComparison.Ordinal)}\"";
}
