using OpsConsole.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Events;

/// <summary>A list of objects as an address, for pages and API alike.</summary>
public static class ObjectUri
{
    public const string Path = "/objects";

    /// <summary>The object type of an exception that tells of a silent feed.</summary>
    public const string Feed = "feed";

    public static ObjectFilter Of(Address address) => new(
        address.Text("type"), address.Text("q"), address.Text("unit"), address.Has("disagrees", "yes"), address.Text("legal-entity"), address.Text("region"), address.Text("currency"))
    {
        DisagreesBefore = address.Moment("disagrees-before"),
    };

    public static string To(ObjectFilter filter) => Address.To(
        Path, ("type", filter.Type), ("q", filter.Query), ("unit", filter.Unit), ("disagrees", filter.Disagrees ? "yes" : null),
        ("legal-entity", filter.LegalEntity), ("region", filter.Region), ("currency", filter.Currency), ("disagrees-before", Address.Write(filter.DisagreesBefore)));

    /// <summary>A feed (<c>netsuite/EMEA</c>) is no business object: its source's page tells of it.</summary>
    public static string To(string type, string id) => type == Feed
        ? $"/sources/{Uri.EscapeDataString(id).Split("%2F")[0]}"
        : $"{Path}/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(id)}";

    /// <summary>An id out of a catch-all route: the server leaves an escaped slash as it is.</summary>
    public static string Id(string? routed) => (routed ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
