using OpsConsole.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Events;

/// <summary>A list of objects as an address, for pages and API alike.</summary>
public static class ObjectUri
{
    public const string Path = "/objects";

    public static ObjectFilter Of(Address address) => new(address.Text("type"), address.Text("q"), address.Text("unit"), address.Has("disagrees", "yes"));

    public static string To(ObjectFilter filter) =>
        Address.To(Path, ("type", filter.Type), ("q", filter.Query), ("unit", filter.Unit), ("disagrees", filter.Disagrees ? "yes" : null));

    public static string To(string type, string id) => $"{Path}/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(id)}";

    /// <summary>An id out of a catch-all route: the server leaves an escaped slash as it is.</summary>
    public static string Id(string? routed) => (routed ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
