using OpsConsole.Kpis;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>What happened meanwhile, as charts show it.</summary>
internal static class AnnotationWords
{
    /// <summary>Oldest first, each where it lies between the first and the last step of a chart; what lies outside is left out.</summary>
    public static IEnumerable<(AnnotationLine What, double Place, double? Until)> Places(IEnumerable<AnnotationLine> annotations, DateTimeOffset first, DateTimeOffset last)
    {
        var span = (last - first).TotalSeconds;
        return span <= 0 ? [] :
            from one in annotations
            where one.From <= last.AddDays(1) && (one.Until ?? one.From) >= first
            orderby one.From
            let until = one.Until is { } end ? Math.Clamp((end - first).TotalSeconds / span, 0, 1) : (double?)null
            select (one, Math.Clamp((one.From - first).TotalSeconds / span, 0, 1), until);
    }

    public static Status Of(AnnotationKind kind) => kind switch
    {
        AnnotationKind.Release => new Status("flag", "Release", "move"),
        AnnotationKind.Outage => new Status("over", "Outage", "bad"),
        _ => new Status("dash", "Other", "still"),
    };
}
