using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Search;

/// <summary>What the page of differences asks for.</summary>
/// <param name="Query">The selection, a search.</param>
/// <param name="Kind">Spans or events.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
/// <param name="Against">The others, a search; nothing: they are picked.</param>
public sealed record DifferencesAsked(string? Query = null, SearchKind Kind = SearchKind.Span, DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Against = null)
{
    public ExplainSelection Request(Actor actor) => new(Query ?? "", Kind, Since, Until, Against, actor);

    /// <summary>The search page for one of its sides or differences, in the same time.</summary>
    public string Rows(string query) => SearchUri.To(new SearchAsked(query, Since, Until, Kind));
}

/// <summary>A difference analysis as an address, for page and API alike.</summary>
public static class DifferencesUri
{
    public const string Path = "/search/differences";

    public static DifferencesAsked Of(Address address) => new(
        address.Text("q"), address.OneOf<SearchKind>("only") ?? SearchKind.Span, address.Moment("since"), address.Moment("until"), address.Text("against"));

    public static string To(DifferencesAsked asked) => Address.To(
        Path, ("q", asked.Query), ("only", Address.Write<SearchKind>(asked.Kind)), ("since", Address.Write(asked.Since)), ("until", Address.Write(asked.Until)), ("against", asked.Against));
}
