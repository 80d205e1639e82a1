using OpsConsole.Cases;
using OpsConsole.Queries;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>A search in the words of the worklist, which reads it then: one translation to the database for both.</summary>
internal sealed class CaseTree
{
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>The fields of what was read that exceptions do not know.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    public QueryNode Of(QueryNode node) => node switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(Of)]),
        AnyOf any => new AnyOf([.. any.Parts.Select(Of)]),
        NotOf not => new NotOf(Of(not.Part)),
        QueryTerm term => Term(term) ?? Pass(term),
        _ => throw new InvalidOperationException($"A search has no {node.GetType().Name}."),
    };

    private static QueryField Field(string name) => CaseVocabulary.All.Find(name)!;

    private static QueryNode? Term(QueryTerm term) => term.Field switch
    {
        null when TraceIds.Parse(term.Value) is not null => term with { Field = Field("trace") },
        null => term,
        { Name: "status" } => Status(term),
        { Name: "time" } => term with { Field = Field("opened") },
        { Name: "state" } when Field("state").Choices!(term.Value) is { Count: > 0 } codes => term with { Field = Field("state"), Codes = codes },
        { Name: "state" } => null,
        { } field => CaseVocabulary.All.Find(field.Name) is { } known ? term with { Field = known } : null,
    };

    private static QueryNode? Status(QueryTerm term)
    {
        var settled = new QueryTerm(Field("settled"), QueryOperator.Equal, "settled", term.At);
        return term.Codes[0] switch
        {
            SearchStatus.Error => new NotOf(settled),
            SearchStatus.Ok => settled,
            _ => null,
        };
    }

    private QueryTerm Pass(QueryTerm term)
    {
        _unknown.Add(term.Field!.Name);
        return term;
    }
}
