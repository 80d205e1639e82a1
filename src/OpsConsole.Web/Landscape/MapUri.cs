using OpsConsole.Flows;
using OpsConsole.Landscape;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Landscape;

/// <summary>What a map is narrowed to.</summary>
public sealed record MapAsked(string? Flow = null, string? Unit = null, int Hours = 24);

/// <summary>A map as an address, for the page and the API alike, and the lists behind it.</summary>
public static class MapUri
{
    public const string Path = "/map";

    public static MapAsked Of(Address address) =>
        new(address.Text("flow"), address.Text("unit"), (int)Math.Clamp(address.Number("hours") ?? 24, 1, ShowMap.Longest));

    public static string To(MapAsked asked) =>
        Address.To(Path, ("flow", asked.Flow), ("unit", asked.Unit), ("hours", asked.Hours == 24 ? null : Address.Write((double)asked.Hours)));

    /// <summary>What is held up on a step, when anything is; else what is under way.</summary>
    public static string To(SystemRoad road, string? unit) => TransactionUri.To(new TransactionFilter
    {
        Flow = road.Flow, Unit = unit, Milestone = road.To, MilestoneIs = road.Overdue > 0 ? MilestoneAsked.Missing : MilestoneAsked.Open,
    });

    /// <summary>The open exceptions that a system raised.</summary>
    public static string To(SystemNode system, string? unit) => new WorklistFilter { Unit = unit, Query = $"system:\"{system.Name}\"" }.ToUri();
}
