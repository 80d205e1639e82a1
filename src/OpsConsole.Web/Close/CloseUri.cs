using OpsConsole.Close;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Close;

/// <summary>Closes as addresses, and the lists that their numbers lead to.</summary>
public static class CloseUri
{
    public const string Path = "/close";

    public static string To(string? period) => Address.To(Path, ("period", period));

    public static string To(string unit, string? legalEntity, string? period) =>
        Address.To($"{Path}/{Uri.EscapeDataString(unit)}", ("period", period), ("legal-entity", legalEntity));

    /// <summary>All that is known of a close as a file.</summary>
    public static string Evidence(string unit, string? legalEntity, string period) =>
        Address.To($"{Path}/{Uri.EscapeDataString(unit)}/evidence.zip", ("period", period), ("legal-entity", legalEntity));

    /// <summary>The list that holds exactly what a block counts.</summary>
    public static string List(ClosePeriod period, string unit, string? legalEntity, CloseBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Kind is CloseBlockKind.Disagreement ? Objects(period, unit, legalEntity, block.Code) : Exceptions(period, unit, legalEntity, block.Code);
    }

    /// <param name="period">Which close.</param>
    /// <param name="unit">Whose books.</param>
    /// <param name="legalEntity">Nothing: all of the unit's.</param>
    /// <param name="type">An exception type's code; nothing: all.</param>
    public static string Exceptions(ClosePeriod period, string unit, string? legalEntity, string? type = null)
    {
        var filter = CloseFilters.Cases(period, unit, legalEntity, type);
        return new WorklistFilter { Unit = filter.Unit, Type = filter.Type, OpenedUntil = filter.OpenedUntil, Query = filter.Query }.ToUri();
    }

    /// <inheritdoc cref="Exceptions"/>
    public static string Objects(ClosePeriod period, string unit, string? legalEntity, string? type = null) => ObjectUri.To(CloseFilters.Objects(period, unit, legalEntity, type));
}
