using OpsConsole.Queries;
using OpsConsole.Search;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Search;

/// <summary>What the one search asks for.</summary>
/// <param name="Query">A search in the words of <see cref="SearchVocabulary"/>, or a name.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
/// <param name="Kind">Only this kind, and more rows of it; nothing: all, some rows of each.</param>
public sealed record SearchAsked(string? Query = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, SearchKind? Kind = null)
{
    private const int Some = 10;
    private const int Many = 200;

    /// <summary>Nothing but a name: what is called so is looked for too, and opened when it is one thing.</summary>
    public bool IsName => this == new SearchAsked(Query) && QueryParser.Read(Query, SearchVocabulary.All, DateTimeOffset.UnixEpoch).Node is QueryTerm { Field: null };

    public int Take => Kind is null ? Some : Many;

    public SearchFacts Request(Actor actor) => new(Query ?? "", Since, Until, Kind is { } kind ? [kind] : null, Take, actor);
}

/// <summary>A search as an address, for pages and API alike.</summary>
public static class SearchUri
{
    public const string Path = "/search";

    public static SearchAsked Of(Address address) => new(address.Text("q"), address.Moment("since"), address.Moment("until"), address.OneOf<SearchKind>("only"));

    public static string To(SearchAsked asked) =>
        Address.To(Path, ("q", asked.Query), ("since", Address.Write(asked.Since)), ("until", Address.Write(asked.Until)), ("only", Address.Write(asked.Kind)));
}
