using System.Linq.Expressions;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Queries;

namespace OpsConsole.Search;

/// <summary>
/// Conditions on one attribute in a JSON text, as patterns that both databases compare without reading the JSON. A name in quotes before a
/// colon cannot stand inside a text, because quotes inside texts are escaped; it is found at any depth.
/// </summary>
internal static class AttributeText
{
    private const string Missing = "missing";
    private const string Any = "*";

    /// <summary>As our own writer writes it.</summary>
    private static readonly string[] s_tight = ["\":"];

    /// <summary>As senders write it.</summary>
    private static readonly string[] s_loose = ["\":", "\": ", "\" : "];

    /// <param name="name">Of the attribute.</param>
    /// <param name="term">Its value; unquoted, <c>missing</c> is one that is not there or empty and <c>*</c> any other.</param>
    /// <param name="sent">The text stands as its sender wrote it.</param>
    public static Expression<Func<string?, bool>> Holds(string name, QueryTerm term, bool sent)
    {
        var seps = sent ? s_loose : s_tight;
        var keys = seps.Select(sep => "\"" + Encoded(name) + sep).ToArray();
        if (IsMissing(term) || term is { Quoted: false, Operator: QueryOperator.Equal, Value: Any })
        {
            var there = Conditions.Both(Matches([.. keys.Select(Within)]), Conditions.Not(Matches([.. keys.Select(key => Within(key + "\"\"")), .. keys.Select(key => Within(key + "null"))])));
            return IsMissing(term) ? Conditions.Not(there) : there;
        }

        var value = Encoded(term.Value);
        if (term.Operator is QueryOperator.Beginning)
        {
            return Matches([.. keys.Select(key => Within($"{key}\"{value}"))]);
        }

        var texts = keys.Select(key => Within($"{key}\"{value}\""));
        IEnumerable<string> bare = !term.Quoted && IsBare(term.Value) ? keys.SelectMany(key => new[] { Within($"{key}{value},"), Within($"{key}{value}}}") }) : [];
        return Matches([.. texts, .. bare]);
    }

    /// <summary>True when the term asks for what is not there.</summary>
    public static bool IsMissing(QueryTerm term) => term is { Quoted: false, Operator: QueryOperator.Equal, Value: Missing };

    private static Expression<Func<string?, bool>> Matches(IReadOnlyList<string> patterns) =>
        patterns.Select(Match).Aggregate((left, right) => Conditions.Either(left, right));

    private static Expression<Func<string?, bool>> Match(string pattern) => text => text != null && EF.Functions.Like(text, pattern, "\\");

    private static string Within(string part) => "%" + Cursor.Beginning(part);

    // Numbers and truth values stand without quotes.
    private static bool IsBare(string value) => value is "true" or "false" || ExactNumber.TryParse(value, out _);

    private static string Encoded(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
