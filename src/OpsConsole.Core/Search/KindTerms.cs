using System.Linq.Expressions;
using OpsConsole.Queries;

namespace OpsConsole.Search;

/// <summary>Turns a search into a condition on one kind. A field that the kind does not know is noted, and the kind is then left out.</summary>
internal abstract class KindTerms<T>
{
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>The fields of what was read that this kind does not know.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    public Expression<Func<T, bool>> Of(QueryNode node) => node switch
    {
        AllOf all => all.Parts.Select(part => Of(part)).Aggregate((left, right) => Conditions.Both(left, right)),
        AnyOf any => any.Parts.Select(part => Of(part)).Aggregate((left, right) => Conditions.Either(left, right)),
        NotOf not => Conditions.Not(Of(not.Part)),
        QueryTerm term => Term(term) ?? Pass(term),
        _ => throw new InvalidOperationException($"A search has no {node.GetType().Name}."),
    };

    /// <summary>The condition; nothing when the kind does not know the field or the value.</summary>
    protected abstract Expression<Func<T, bool>>? Term(QueryTerm term);

    private Expression<Func<T, bool>> Pass(QueryTerm term)
    {
        _unknown.Add(term.Field?.Name ?? term.Value);
        return Conditions.Always<T>(false);
    }
}
