namespace OpsConsole.Queries;

/// <summary>Writes a search as people do: reading it again gives the same tree.</summary>
internal static class QueryText
{
    public static string Of(QueryNode node) => node switch
    {
        AllOf all => string.Join(' ', all.Parts.Select(Inside)),
        AnyOf any => string.Join(" OR ", any.Parts.Select(Inside)),
        NotOf not => $"NOT {Inside(not.Part)}",
        QueryTerm term => Term(term),
        _ => throw new InvalidOperationException($"A search has no {node.GetType().Name}."),
    };

    /// <summary>A field with a value that is to be found to the letter.</summary>
    public static string Term(string field, string value) => $"{field}:{Quoted(value)}";

    /// <summary>Two quotes inside quotes are one.</summary>
    public static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Inside(QueryNode node) => node is AllOf or AnyOf ? $"({Of(node)})" : Of(node);

    private static string Term(QueryTerm term)
    {
        var value = term.Quoted || term.Value.Any(letter => char.IsWhiteSpace(letter) || letter is '(' or ')' or '"') ? Quoted(term.Value) : term.Value;
        return term.Field switch
        {
            null => value,
            { Kind: QueryKind.Flag } flag => flag.Name,
            { } field => term.Operator is QueryOperator.Beginning ? $"{field.Name}:{term.Value}*" : $"{field.Name}:{Sign(term.Operator)}{value}",
        };
    }

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.Above => ">",
        QueryOperator.AtLeast => ">=",
        QueryOperator.Below => "<",
        QueryOperator.AtMost => "<=",
        _ => "",
    };
}
