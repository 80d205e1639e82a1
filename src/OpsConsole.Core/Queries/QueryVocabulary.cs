namespace OpsConsole.Queries;

public enum QueryKind
{
    /// <summary>Compared to the letter, or by its beginning with a star.</summary>
    Text,

    /// <summary>A decimal number; <c>k</c> and <c>m</c> stand for thousands and millions.</summary>
    Number,

    /// <summary>A day, a moment, or a span from now: <c>2026-10-30</c>, <c>-2d</c>, <c>+4h</c>, <c>today</c>.</summary>
    Moment,

    /// <summary>A word of its own, without a value: <c>mine</c>.</summary>
    Flag,

    /// <summary>A length of time with its unit: <c>250ms</c>, <c>2s</c>, <c>5m</c>, <c>1h</c>.</summary>
    Duration,
}

/// <summary>Something that a list can be searched by.</summary>
/// <param name="Name">As it is written, in small letters.</param>
/// <param name="Kind">What it is compared with.</param>
/// <param name="Means">In a few words, for the help.</param>
/// <param name="Example">A term that uses it.</param>
public sealed record QueryField(string Name, QueryKind Kind, string Means, string Example)
{
    /// <summary>For fields with choices: the codes that a written value means; empty where it means none. Nothing: any value is taken.</summary>
    public Func<string, IReadOnlyList<string>>? Choices { get; init; }
}

/// <summary>What a list can be searched by: the parser knows words only through this, so that one language serves every list.</summary>
public sealed class QueryVocabulary
{
    private readonly Dictionary<string, QueryField> _fields;

    public QueryVocabulary(params IReadOnlyList<QueryField> fields)
    {
        Fields = fields;
        _fields = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<QueryField> Fields { get; }

    /// <summary>Fields that have no list, by their beginning: <c>attr.tax_code</c>. Nothing: there are none.</summary>
    public Func<string, QueryField?>? Family { get; init; }

    public QueryField? Find(string name) => _fields.GetValueOrDefault(name) ?? Family?.Invoke(name);

    /// <summary>The flag of that name, or nothing.</summary>
    public QueryField? Flag(string word) => Find(word) is { Kind: QueryKind.Flag } flag ? flag : null;

    /// <summary>The field that somebody may have meant, when one is near.</summary>
    public string? Near(string name) =>
        (from field in Fields
         where field.Kind is not QueryKind.Flag
         let distance = Distance(field.Name, name.ToLowerInvariant())
         where distance <= 2 && distance < field.Name.Length
         orderby distance
         select field.Name).FirstOrDefault();

    // Levenshtein, over names of a dozen letters.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
