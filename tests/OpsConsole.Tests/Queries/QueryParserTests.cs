using OpsConsole.Cases;
using OpsConsole.Queries;
using OpsConsole.Search;

namespace OpsConsole.Tests.Queries;

public class QueryParserTests
{
    private static readonly DateTimeOffset s_now = new(2026, 10, 30, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("INV-1001", "'INV-1001'")]
    [InlineData("norrvik energi ab", "'norrvik energi ab'")]
    [InlineData("norrvik AND energi", "('norrvik' & 'energi')")]
    [InlineData("unit:EMEA type:tax amount:>1000 NOT mine", "(unit=EMEA & type=tax & amount>1000 & !mine)")]
    [InlineData("a OR b c", "('a' | 'b c')")]
    [InlineData("unit:A OR unit:B region:C", "(unit=A | (unit=B & region=C))")]
    [InlineData("(unit:A OR unit:B) region:C", "((unit=A | unit=B) & region=C)")]
    [InlineData("NOT (unit:A OR mine)", "!(unit=A | mine)")]
    [InlineData("-unit:A", "!unit=A")]
    [InlineData("not not mine", "!!mine")]
    [InlineData("\"mine\"", "'mine'")]
    [InlineData("name:\"Norrvik \"\"Energi\"\" AB\"", "name=Norrvik \"Energi\" AB")]
    [InlineData("id:INV-10*", "id^INV-10")]
    [InlineData("amount:1k..1.5m", "(amount>=1000 & amount<=1500000.0)")]
    [InlineData("amount>=250", "amount>=250")]
    [InlineData("amount:<=2", "amount<=2")]
    [InlineData("opened:>-2d", "opened>10-28T16")]
    [InlineData("due:2026-11-01", "due=11-01T00")]
    [InlineData("is:overdue", "overdue")]
    [InlineData("order:SO-9", "order=SO-9")]
    [InlineData("http://x", "'http://x'", "http")]
    public void A_search_is_understood(string text, string tree, string? unknown = null)
    {
        var read = QueryParser.Read(text, CaseVocabulary.All, s_now);

        if (unknown is not null)
        {
            Assert.Contains(unknown, read.Fault!.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Null(read.Fault);
        Assert.Equal(tree, Say(read.Node!));
    }

    [Theory]
    [InlineData("unit:EMEA untit:X", 10, "unit?")]
    [InlineData("unit:", 0, "needs a value")]
    [InlineData("(unit:A", 0, "never closed")]
    [InlineData("unit:A)", 6, "never opened")]
    [InlineData("unit:A AND", 10, "missing at the end")]
    [InlineData("OR unit:A", 0, "missing before OR")]
    [InlineData("()", 1, "missing before this parenthesis")]
    [InlineData("name:\"Norrvik", 5, "never closed")]
    [InlineData("amount:>many", 0, "no number")]
    [InlineData("opened:someday", 0, "no day")]
    [InlineData("type:nonsense", 0, "no type is called")]
    [InlineData("unit:>EMEA", 0, "cannot be above or below")]
    [InlineData("is:tall", 0, "none of")]
    [InlineData("NOT", 3, "missing at the end")]
    public void What_cannot_be_understood_is_told_with_its_place(string text, int at, string says)
    {
        var fault = QueryParser.Read(text, CaseVocabulary.All, s_now).Fault;

        Assert.NotNull(fault);
        Assert.Equal(at, fault.At);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_searches_for_nothing() => Assert.Equal(default, QueryParser.Read("  ", CaseVocabulary.All, s_now));

    [Theory]
    [InlineData(1_500)]
    [InlineData(900)]
    public void What_is_too_long_or_too_deep_is_refused_and_not_tried(int length)
    {
        Assert.NotNull(QueryParser.Read(new string('(', length), CaseVocabulary.All, s_now).Fault);
        Assert.NotNull(QueryParser.Read(string.Concat(Enumerable.Repeat("a:b ", length)), CaseVocabulary.All, s_now).Fault);
    }

    [Fact]
    public void Every_example_of_the_help_can_be_read()
    {
        Assert.All(CaseVocabulary.All.Fields, field => Assert.Null(QueryParser.Read(field.Example, CaseVocabulary.All, s_now).Fault));
    }

    [Theory]
    [InlineData("service:erp status:error duration:>2s attr.tax_code:missing unit:EMEA", "(service=erp & status=error & duration>2000 & attr.tax_code=missing & unit=EMEA)")]
    [InlineData("duration:250ms..1.5m", "(duration>=250 & duration<=90000.0)")]
    [InlineData("ATTR.http.route:\"/v1/x y\"", "attr.http.route=/v1/x y")]
    [InlineData("attr.a_1:x*", "attr.a_1^x")]
    public void Spans_have_words_of_their_own(string text, string tree)
    {
        var read = QueryParser.Read(text, SearchVocabulary.All, s_now);

        Assert.Null(read.Fault);
        Assert.Equal(tree, Say(read.Node!));
    }

    [Theory]
    [InlineData("duration:2", "no length of time")]
    [InlineData("duration:>fast", "no length of time")]
    [InlineData("status:purple", "no status")]
    public void What_no_span_can_be_asked_is_told(string text, string says) =>
        Assert.Contains(says, QueryParser.Read(text, SearchVocabulary.All, s_now).Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void Every_example_of_the_search_can_be_read() =>
        Assert.All(SearchVocabulary.All.Fields, field => Assert.Null(QueryParser.Read(field.Example, SearchVocabulary.All, s_now).Fault));

    private static string Say(QueryNode node) => node switch
    {
        AllOf all => $"({string.Join(" & ", all.Parts.Select(Say))})",
        AnyOf any => $"({string.Join(" | ", any.Parts.Select(Say))})",
        NotOf not => "!" + Say(not.Part),
        QueryTerm { Field: null } text => $"'{text.Value}'",
        QueryTerm { Field.Kind: QueryKind.Flag } flag => flag.Field.Name,
        QueryTerm { Field: var field } term => field.Name + Sign(term.Operator) + field.Kind switch
        {
            QueryKind.Number or QueryKind.Duration => FormattableString.Invariant($"{term.Number}"),
            QueryKind.Moment => FormattableString.Invariant($"{term.Moment:MM-ddTHH}"),
            _ => term.Value,
        },
        _ => "?",
    };

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.Beginning => "^",
        QueryOperator.Above => ">",
        QueryOperator.AtLeast => ">=",
        QueryOperator.Below => "<",
        QueryOperator.AtMost => "<=",
        _ => "=",
    };
}
