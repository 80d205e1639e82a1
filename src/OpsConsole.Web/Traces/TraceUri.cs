using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>A list of traces as an address, for pages and API alike.</summary>
public static class TraceUri
{
    public const string Path = "/traces";

    public static TraceFilter Of(Address address) =>
        new(address.Text("q"), address.Text("service"), address.Has("errors", "yes") || address.Has("errors", "true"), address.Moment("since"), address.Moment("until"));

    public static string To(TraceFilter filter) => Address.To(
        Path, ("q", filter.Query), ("service", filter.Service), ("errors", filter.ErrorsOnly ? "yes" : null),
        ("since", Address.Write(filter.Since)), ("until", Address.Write(filter.Until)));

    /// <summary>A trace's page with one of its spans opened.</summary>
    public static string To(SpanLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Address.To($"{Path}/{link.TraceId}", ("span", link.SpanId));
    }

    /// <summary>A trace beside a healthy one.</summary>
    public static string Twin(string traceId) => $"{Path}/{traceId}/twin";
}
