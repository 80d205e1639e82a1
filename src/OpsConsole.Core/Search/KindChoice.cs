using OpsConsole.Queries;

namespace OpsConsole.Search;

/// <summary>What is left of a search for one kind, once the field <c>kind</c> is answered.</summary>
/// <param name="Node">What is still to be asked; nothing: the answer is known.</param>
/// <param name="Holds">The answer where nothing is to be asked: all rows of the kind, or none.</param>
internal readonly record struct KindChoice(QueryNode? Node, bool Holds)
{
    public static KindChoice Of(QueryNode node, SearchKind kind)
    {
        switch (node)
        {
            case AllOf all:
                return Joined(all.Parts, kind, false, parts => new AllOf(parts));
            case AnyOf any:
                return Joined(any.Parts, kind, true, parts => new AnyOf(parts));
            case NotOf not:
                var part = Of(not.Part, kind);
                return part.Node is null ? new KindChoice(null, !part.Holds) : new KindChoice(new NotOf(part.Node), false);
            case QueryTerm { Field.Name: "kind" } term:
                return new KindChoice(null, term.Codes.Contains(kind.ToString()));
            default:
                return new KindChoice(node, false);
        }
    }

    /// <param name="parts">What is joined.</param>
    /// <param name="kind">For which kind.</param>
    /// <param name="decides">The answer of one part that is the answer of all: no for AND, yes for OR.</param>
    /// <param name="join">Puts together what is left.</param>
    private static KindChoice Joined(IReadOnlyList<QueryNode> parts, SearchKind kind, bool decides, Func<IReadOnlyList<QueryNode>, QueryNode> join)
    {
        var read = parts.Select(part => Of(part, kind)).ToList();
        if (read.Exists(part => part.Node is null && part.Holds == decides))
        {
            return new KindChoice(null, decides);
        }

        var left = read.Select(part => part.Node).OfType<QueryNode>().ToList();
        return left switch
        {
            [] => new KindChoice(null, !decides),
            [var one] => new KindChoice(one, false),
            _ => new KindChoice(join(left), false),
        };
    }
}
