using Microsoft.AspNetCore.Components;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Shell;

/// <summary>Whether the reader looks at the present or at a moment of the past. The address says it, so that what somebody saw can be sent and kept. One per circuit.</summary>
public sealed class PastView(NavigationManager navigator)
{
    /// <summary>The moment in an address: <c>?asof=2026-11-20T12:00:00Z</c>.</summary>
    public const string Key = "asof";

    // What these pages show is kept with the time in which it was known.
    private static readonly string[] s_pages = ["/worklist", "/exceptions", "/causes", "/board", "/transactions", "/objects", "/traces", "/search", "/map", "/close"];

    /// <summary>The moment (UTC); nothing: the present.</summary>
    public DateTimeOffset? At => AtOf(navigator.Uri);

    /// <summary>The reader goes back to the present: the moment is not to be kept.</summary>
    public bool Leaving { get; set; }

    /// <summary>True where the page can show the past.</summary>
    public static bool Follows(string uri) => new Uri(uri).AbsolutePath is var path
        && !path.StartsWith("/board/annotations", StringComparison.Ordinal) && Array.Exists(s_pages, page => path == page || path.StartsWith(page + "/", StringComparison.Ordinal));

    public static DateTimeOffset? AtOf(string uri) => Follows(uri) ? Address.Of(uri).Moment(Key) : null;

    /// <summary>The same page at another moment, or in the present.</summary>
    public string Moved(string uri, DateTimeOffset? at) => navigator.GetUriWithQueryParameters(uri, new Dictionary<string, object?> { [Key] = Address.Write(at) });
}
