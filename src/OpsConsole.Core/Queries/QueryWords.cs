namespace OpsConsole.Queries;

internal enum WordKind
{
    Text,
    Quoted,
    Open,
    Close,
    And,
    Or,
    Not,
    End,
}

/// <summary>One word of a search.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Field">What stands before the colon, if anything does.</param>
/// <param name="Sign">One of &gt;, &gt;=, &lt;, &lt;=, = or nothing.</param>
/// <param name="Value">What is left, without quotes.</param>
/// <param name="At">Where the word begins, from 0.</param>
/// <param name="ValueAt">Where the value begins.</param>
/// <param name="Length">Of the whole word.</param>
internal sealed record QueryWord(WordKind Kind, string? Field, string Sign, string Value, int At, int ValueAt, int Length);

/// <summary>Cuts a search into words.</summary>
internal ref struct QueryWords(string text)
{
    private const string AttributePrefix = "attr.";

    private int _at;

    public QueryFault? Fault { get; private set; }

    public List<QueryWord> All()
    {
        var words = new List<QueryWord>();
        while (Fault is null)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            words.Add(Next());
            if (words[^1].Kind is WordKind.End)
            {
                break;
            }
        }

        return words;
    }

    private QueryWord Next()
    {
        if (_at >= text.Length)
        {
            return new QueryWord(WordKind.End, null, "", "", text.Length, text.Length, 0);
        }

        if (text[_at] is '(' or ')')
        {
            return new QueryWord(text[_at] is '(' ? WordKind.Open : WordKind.Close, null, "", text[_at].ToString(), _at, _at++, 1);
        }

        if (text[_at] is '-' && _at + 1 < text.Length && !char.IsWhiteSpace(text[_at + 1]))
        {
            return new QueryWord(WordKind.Not, null, "", "-", _at, _at++, 1);
        }

        return Word();
    }

    private QueryWord Word()
    {
        var from = _at;
        var field = FieldName();
        var sign = field is null ? "" : Sign();
        var valueAt = _at;
        var quoted = _at < text.Length && text[_at] is '"';
        var value = quoted ? Quote() : Plain();
        if (Fault is null && field is not null && value.Length == 0)
        {
            Fault = new QueryFault(from, _at - from, $"\"{field}\" needs a value, as in {field}:word.");
        }

        var kind = quoted ? WordKind.Quoted : field is not null ? WordKind.Text : value.ToUpperInvariant() switch
        {
            "AND" => WordKind.And,
            "OR" => WordKind.Or,
            "NOT" => WordKind.Not,
            _ => WordKind.Text,
        };
        return new QueryWord(kind, field, sign, value, from, valueAt, _at - from);
    }

    /// <summary>Letters and hyphens before a colon or a sign: <c>unit:EMEA</c>, <c>amount&gt;1000</c>. An attribute's name has digits, dots and underscores too: <c>attr.tax_code:V1</c>.</summary>
    private string? FieldName()
    {
        var end = _at;
        var attribute = text.AsSpan(_at).StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase);
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || (text[end] is '-' && end > _at) || (attribute && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '_' or '/'))))
        {
            end++;
        }

        if (end == _at || end >= text.Length || text[end] is not (':' or '>' or '<' or '='))
        {
            return null;
        }

        var name = text[_at..end];
        _at = text[end] is ':' ? end + 1 : end;
        return name;
    }

    private string Sign()
    {
        var from = _at;
        while (_at < text.Length && text[_at] is '>' or '<' or '=' && _at - from < 2)
        {
            _at++;
        }

        return text[from.._at];
    }

    private string Plain()
    {
        var from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '"'))
        {
            _at++;
        }

        return text[from.._at];
    }

    // Two quotes inside quotes are one.
    private string Quote()
    {
        var from = _at++;
        var value = new System.Text.StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] is not '"')
            {
                value.Append(text[_at++]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] is '"')
            {
                value.Append('"');
                _at += 2;
            }
            else
            {
                _at++;
                return value.ToString();
            }
        }

        Fault = new QueryFault(from, text.Length - from, "this quotation mark is never closed.");
        return "";
    }
}
