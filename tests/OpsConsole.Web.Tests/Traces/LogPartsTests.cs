using System.Text.Json;
using Bunit;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;
using OpsConsole.Web.Traces;

namespace OpsConsole.Web.Tests.Traces;

public class LogPartsTests : PartContext
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fatal", "Fatal", "bad")]
    [InlineData("error", "Error", "bad")]
    [InlineData("warning", "Warning", "warn")]
    [InlineData("info", "Info", "still")]
    [InlineData("debug", "Debug", "still")]
    [InlineData("trace", "Trace", "still")]
    [InlineData("unspecified", "No severity", "still")]
    public void How_bad_it_is_is_a_word_with_an_icon_and_a_tone(string severity, string word, string family)
    {
        var rows = Rows(Log(severity));

        Assert.Equal(word, rows.Find($".st.{family}").TextContent);
        Assert.NotNull(Render<IconSprite>().Find(rows.Find(".st use").GetAttribute("href")!));
    }

    [Fact]
    public void A_record_says_what_when_and_with_which_attributes()
    {
        var rows = Rows(Log("error") with { Body = "INV-1 <was> refused", Dropped = 2 });

        Assert.Equal("INV-1 <was> refused", rows.Find(".said").TextContent);
        Assert.Equal("+12ms", rows.Find(".more").TextContent);
        Assert.Equal("TAX", rows.Find("dl.attrs dd").TextContent);
        Assert.Contains("2 attributes not kept", rows.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_that_logged_says_how_much_and_one_that_did_not_says_nothing()
    {
        var logs = new TraceLogCounts(3, new Dictionary<string, int> { ["a1"] = 3 });

        var some = Render(LogMark.Of(logs, "a1")!);

        Assert.Equal(("3 log records", "3"), (some.Find(".logcount").GetAttribute("title"), some.Find(".logcount").TextContent));
        Assert.Null(LogMark.Of(logs, "b2"));
    }

    private IRenderedComponent<LogRows> Rows(LogLine log) => Render<LogRows>(p => p.Add(c => c.Logs, (IReadOnlyList<LogLine>)[log]).Add(c => c.StartedAt, s_noon));

    private static LogLine Log(string severity) => new()
    {
        Time = s_noon.AddMilliseconds(12), SpanId = "a1", Severity = severity, SeverityNumber = 17, Service = "middleware", Attributes = JsonElement.Parse("""{"code":"TAX"}"""),
    };
}
