using OpsConsole.Queries;

namespace OpsConsole.Search.Differences;

/// <summary>
/// Picks what a selection is compared with. A search that must hold in all its parts has parts that say where to look (service, unit, time, …) and
/// parts that say what is wrong (status, duration, an attribute, …): the others are looked for in the same place, and what is wrong is not so with them.
/// </summary>
internal static class Opposite
{
    /// <summary>What is wrong, whatever else is asked.</summary>
    private static readonly string[] s_wrong = ["status", "duration", "error", "attribute"];

    /// <summary>Where to look. Of the others neither key nor trace is asked: one thing cannot be compared with itself.</summary>
    private static readonly string[] s_place = ["kind", "time", "step", "service", "name", "system", "object", "operation"];

    private static readonly QueryTerm s_fine = new(SearchVocabulary.All.Find("status")!, QueryOperator.Equal, "ok", 0) { Codes = [SearchStatus.Ok] };

    /// <summary>The search for the others; nothing when the selection says nothing that others could lack.</summary>
    public static QueryNode? Of(QueryNode selection)
    {
        var parts = SearchLens.Together(selection).Where(part => !Names(part, field => field is null || field.IsKey() || field.Name is "trace" or "id")).ToList();
        var wrong = parts.FindAll(part => Names(part, field => field is not null && s_wrong.Contains(field.Name, StringComparer.Ordinal)));
        wrong = wrong.Count > 0 ? wrong : parts.FindAll(part => !Names(part, field => field is not null && s_place.Contains(field.Name, StringComparer.Ordinal)));
        if (wrong.Count == 0)
        {
            return null;
        }

        // What did not fail succeeded: what is still under way says nothing.
        QueryNode fine = wrong.Exists(Fails) ? s_fine : new NotOf(wrong is [var one] ? one : new AllOf(wrong));
        return new AllOf([.. parts.Except(wrong), fine]);
    }

    /// <summary>The names of all fields that a search asks for.</summary>
    public static IEnumerable<string> Fields(QueryNode node) => node switch
    {
        AllOf all => all.Parts.SelectMany(Fields),
        AnyOf any => any.Parts.SelectMany(Fields),
        NotOf not => Fields(not.Part),
        QueryTerm { Field: { } field } => [field.Name],
        _ => [],
    };

    private static bool Fails(QueryNode part) => part is QueryTerm { Field.Name: "error" or "attribute" } or QueryTerm { Field.Name: "status", Codes: [SearchStatus.Error] };

    private static bool Names(QueryNode node, Func<QueryField?, bool> which) => node switch
    {
        AllOf all => all.Parts.Any(part => Names(part, which)),
        AnyOf any => any.Parts.Any(part => Names(part, which)),
        NotOf not => Names(not.Part, which),
        QueryTerm term => which(term.Field),
        _ => false,
    };
}
