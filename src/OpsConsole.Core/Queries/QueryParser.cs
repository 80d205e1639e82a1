namespace OpsConsole.Queries;

/// <summary>What came of reading a search: a tree, or why there is none. An empty text is neither.</summary>
public readonly record struct ParsedQuery(QueryNode? Node, QueryFault? Fault);

/// <summary>
/// Reads a search: <c>unit:EMEA type:tax amount:&gt;1000 NOT mine</c>. Terms beside each other must all hold; OR and NOT (or a hyphen) and
/// parentheses do what they say, NOT before AND before OR. Words without a field that stand beside each other are one text, as in a name;
/// quotes keep a text as it is.
/// </summary>
public sealed class QueryParser
{
    /// <summary>Letters that a search may have.</summary>
    public const int Longest = 1_000;

    private const int MostTerms = 60;
    private const int Deepest = 30;

    private readonly QueryVocabulary _vocabulary;
    private readonly DateTimeOffset _now;
    private readonly List<QueryWord> _words;
    private int _at;
    private int _terms;
    private QueryFault? _fault;

    private QueryParser(List<QueryWord> words, QueryVocabulary vocabulary, DateTimeOffset now) =>
        (_words, _vocabulary, _now) = (words, vocabulary, now);

    /// <param name="text">As somebody wrote it.</param>
    /// <param name="vocabulary">What may be searched by.</param>
    /// <param name="now">From which spans like <c>-2d</c> count, UTC.</param>
    public static ParsedQuery Read(string? text, QueryVocabulary vocabulary, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return default;
        }

        if (text.Length > Longest)
        {
            return new ParsedQuery(null, new QueryFault(Longest, text.Length - Longest, $"a search has at most {Longest} letters."));
        }

        var cut = new QueryWords(text);
        var words = cut.All();
        if (cut.Fault is { } torn)
        {
            return new ParsedQuery(null, torn);
        }

        var parser = new QueryParser(words, vocabulary, now);
        var node = parser.Any(0);
        if (parser._fault is null && parser.Here.Kind is WordKind.Close)
        {
            parser.Fail(parser.Here, "this parenthesis was never opened.");
        }

        return parser._fault is { } fault ? new ParsedQuery(null, fault) : new ParsedQuery(node, null);
    }

    private QueryWord Here => _words[_at];

    private QueryNode? Any(int depth)
    {
        var parts = new List<QueryNode>();
        do
        {
            if (All(depth) is { } part)
            {
                parts.Add(part);
            }
        }
        while (_fault is null && Took(WordKind.Or));
        return parts is [var one] ? one : new AnyOf(parts);
    }

    private QueryNode? All(int depth)
    {
        var parts = new List<QueryNode>();
        var joined = true;
        while (_fault is null && (parts.Count == 0 || joined || Here.Kind is not (WordKind.End or WordKind.Close or WordKind.Or)))
        {
            if (One(depth) is not { } part)
            {
                return null;
            }

            if (!joined && part is QueryTerm { Field: null, Quoted: false } word && parts[^1] is QueryTerm { Field: null, Quoted: false } before)
            {
                parts[^1] = before with { Value = $"{before.Value} {word.Value}" };
            }
            else
            {
                parts.Add(part);
            }

            joined = Took(WordKind.And);
        }

        return parts is [var one] ? one : new AllOf(parts);
    }

    private QueryNode? One(int depth)
    {
        if (depth > Deepest)
        {
            return Fail(Here, "this is nested too deeply.");
        }

        if (Took(WordKind.Not))
        {
            return One(depth + 1) is { } part ? new NotOf(part) : null;
        }

        var open = Here;
        if (Took(WordKind.Open))
        {
            var inside = Any(depth + 1);
            return _fault is not null ? null : Took(WordKind.Close) ? inside : Fail(open, "this parenthesis is never closed.");
        }

        return Here.Kind is WordKind.Text or WordKind.Quoted ? Term(_words[_at++]) : Fail(Here, Here.Kind switch
        {
            WordKind.End => "a term is missing at the end.",
            WordKind.Close => "a term is missing before this parenthesis.",
            _ => $"a term is missing before {Here.Value.ToUpperInvariant()}.",
        });
    }

    private QueryNode? Term(QueryWord word)
    {
        if (++_terms > MostTerms)
        {
            return Fail(word, $"a search has at most {MostTerms} terms.");
        }

        if (word.Field is null)
        {
            var flag = word.Kind is WordKind.Text ? _vocabulary.Flag(word.Value) : null;
            return new QueryTerm(flag, QueryOperator.Equal, word.Value, word.ValueAt) { Quoted = word.Kind is WordKind.Quoted };
        }

        if (word.Field.Equals("is", StringComparison.OrdinalIgnoreCase))
        {
            return _vocabulary.Flag(word.Value) is { } said
                ? new QueryTerm(said, QueryOperator.Equal, word.Value, word.ValueAt)
                : Fail(word, $"\"{word.Value}\" is none of {string.Join(", ", _vocabulary.Fields.Where(one => one.Kind is QueryKind.Flag).Select(one => one.Name))}.");
        }

        return _vocabulary.Find(word.Field) switch
        {
            null or { Kind: QueryKind.Flag } => Fail(word, $"\"{word.Field}\" is nothing that this list can be searched by{(_vocabulary.Near(word.Field) is { } near ? $"; {near}?" : ".")}"),
            { Kind: QueryKind.Number } field => Range(word, field),
            { Kind: QueryKind.Moment } field => Range(word, field),
            { Kind: QueryKind.Duration } field => Range(word, field),
            var field => Text(word, field),
        };
    }

    private QueryNode? Text(QueryWord word, QueryField field)
    {
        if (word.Sign is not ("" or "="))
        {
            return Fail(word, $"\"{field.Name}\" cannot be above or below; write {field.Example}.");
        }

        var beginning = word.Kind is WordKind.Text && word.Value.Length > 1 && word.Value.EndsWith('*');
        var term = new QueryTerm(field, beginning ? QueryOperator.Beginning : QueryOperator.Equal, beginning ? word.Value[..^1] : word.Value, word.ValueAt) { Quoted = word.Kind is WordKind.Quoted };
        if (field.Choices is null)
        {
            return term;
        }

        var codes = field.Choices(term.Value);
        return codes.Count > 0 ? term with { Codes = codes } : Fail(word, $"no {field.Name} is called \"{word.Value}\"; write {field.Example}.");
    }

    // 1000..5000 is both ends together.
    private QueryNode? Range(QueryWord word, QueryField field)
    {
        var dots = word.Value.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || word.Sign.Length > 0)
        {
            return Compared(word, field, Operator(word.Sign), word.Value, word.ValueAt);
        }

        var from = Compared(word, field, QueryOperator.AtLeast, word.Value[..dots], word.ValueAt);
        var to = Compared(word, field, QueryOperator.AtMost, word.Value[(dots + 2)..], word.ValueAt + dots + 2);
        return from is null || to is null ? null : new AllOf([from, to]);
    }

    private QueryTerm? Compared(QueryWord word, QueryField field, QueryOperator sign, string value, int at)
    {
        var term = new QueryTerm(field, sign, value, at);
        if (field.Kind is QueryKind.Number)
        {
            return QueryValues.Number(value) is { } number ? term with { Number = number } : Fault(word, $"\"{value}\" is no number; write {field.Example}.");
        }

        if (field.Kind is QueryKind.Duration)
        {
            return QueryValues.Duration(value) is { } took ? term with { Number = took } : Fault(word, $"\"{value}\" is no length of time; write {field.Example}.");
        }

        return QueryValues.Moment(value, _now) is { } moment ? term with { Moment = moment } : Fault(word, $"\"{value}\" is no day and no span; write {field.Example}, -2d or today.");
    }

    private static QueryOperator Operator(string sign) => sign switch
    {
        ">" => QueryOperator.Above,
        ">=" or "=>" => QueryOperator.AtLeast,
        "<" => QueryOperator.Below,
        "<=" or "=<" => QueryOperator.AtMost,
        _ => QueryOperator.Equal,
    };

    private bool Took(WordKind kind)
    {
        if (Here.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private QueryTerm? Fault(QueryWord word, string message)
    {
        Fail(word, message);
        return null;
    }

    private QueryNode? Fail(QueryWord word, string message)
    {
        _fault ??= new QueryFault(word.At, Math.Max(1, word.Length), message);
        return null;
    }
}
