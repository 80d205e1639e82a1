using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Tests.Parts;

public class CsvTextTests
{
    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    public void A_text_is_shown_and_never_run(string text, string cell) => Assert.Equal(cell + "\r\n", CsvText.Line(text));

    [Fact]
    public void Amounts_stay_numbers() => Assert.Equal("-1200.50,,EX-7\r\n", CsvText.Line(-1200.50m, null, "EX-7"));
}
