using OpsConsole.Kpis;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>Which sources are late, in words.</summary>
internal static class FreshnessWords
{
    public static string Late(Freshness freshness) => freshness.Late is [var one] ? $"{one.Name} {Say.Age(one.Behind)} late" : $"{Say.Count(freshness.Late.Count)} sources late";

    public static string LateAtLength(Freshness freshness) =>
        string.Join("; ", freshness.Late.Select(source => $"{source.Name} tells of what happened {Say.Age(source.Behind)} before{(source.Usual is { } usual ? $", usually {Say.Age(usual)}" : "")}"));
}
