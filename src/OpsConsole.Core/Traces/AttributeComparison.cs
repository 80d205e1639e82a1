using System.Text.Json;

namespace OpsConsole.Traces;

/// <summary>How an attribute stands to the same attribute of the twin's step.</summary>
public enum AttributeMark
{
    Same,

    /// <summary>It names the run itself (an id, a key, an address with numbers in it), so that it differs between any two.</summary>
    Own,
    Differs,
    OnlyHere,
    OnlyHealthy,
}

/// <summary>An attribute of a step in a trace and in its twin.</summary>
/// <param name="Service">Whose step.</param>
/// <param name="Step">Its name.</param>
/// <param name="Name">Of the attribute; of the resource's with <c>resource:</c> before it.</param>
/// <param name="Here">Nothing: it is not said here.</param>
/// <param name="Healthy">Nothing: the healthy run does not say it.</param>
/// <param name="Mark">What differs.</param>
public sealed record AttributeComparison(string Service, string Step, string Name, string? Here, string? Healthy, AttributeMark Mark)
{
    private static readonly string[] s_own = ["id", "key", "uuid", "guid", "traceparent", "timestamp", "port", "pid"];
    private static readonly string[] s_addresses = ["url.", "http.url", "http.target", "http.route", "db.query.text", "db.statement"];

    internal static IEnumerable<AttributeComparison> Of(SpanNode here, SpanNode healthy) =>
        Of(here.Span.Service, here.Span.Name, here.Span.Attributes, healthy.Span.Attributes)
            .Concat(Of(here.Span.Service, here.Span.Name, here.Span.Resource, healthy.Span.Resource, "resource: "));

    /// <param name="service">Whose step.</param>
    /// <param name="step">Its name.</param>
    /// <param name="here">A JSON object.</param>
    /// <param name="healthy">A JSON object.</param>
    /// <param name="before">Put before each name.</param>
    internal static IEnumerable<AttributeComparison> Of(string service, string step, string here, string healthy, string before = "")
    {
        var (ours, theirs) = (Said(here), Said(healthy));
        return
            from name in ours.Keys.Union(theirs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            let our = ours.GetValueOrDefault(name)
            let their = theirs.GetValueOrDefault(name)
            select new AttributeComparison(service, step, before + name, our, their, MarkOf(name, our, their));
    }

    /// <summary>By its name it is an id, a key or the like, which differs between any two runs.</summary>
    internal static bool NamesTheRun(string name) =>
        s_own.Contains(name[(name.LastIndexOfAny(['.', '_']) + 1)..], StringComparer.Ordinal);

    private static AttributeMark MarkOf(string name, string? here, string? healthy) =>
        here == healthy ? AttributeMark.Same
        : here is null ? AttributeMark.OnlyHealthy
        : healthy is null ? AttributeMark.OnlyHere
        : NamesTheRun(name) ? AttributeMark.Own
        : Array.Exists(s_addresses, start => name.StartsWith(start, StringComparison.Ordinal)) && TraceSteps.Shape(here) == TraceSteps.Shape(healthy) ? AttributeMark.Own
        : AttributeMark.Differs;

    private static Dictionary<string, string> Said(string json)
    {
        var said = JsonElement.Parse(json);
        return said.ValueKind is not JsonValueKind.Object
            ? []
            : said.EnumerateObject().GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(
                one => one.Key, one => one.Last().Value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : one.Last().Value.GetRawText(), StringComparer.Ordinal);
    }
}
