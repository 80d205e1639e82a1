using OpsConsole.Web.Replay;

namespace OpsConsole.Web.Tests.Replay;

public class PayloadTextTests
{
    [Theory]
    [InlineData("{\"a\": 1}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Json_has_no_fault(string text) => Assert.Null(PayloadText.Fault(text));

    [Fact]
    public void A_fault_names_its_line_and_its_character()
    {
        var fault = PayloadText.Fault("{\n  \"name\": \"Käse\",\n  \"taxProfile\": nul\n}");

        Assert.Equal(3, fault?.Line);
        Assert.DoesNotContain("LineNumber", fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_are_counted_as_people_count_them()
    {
        var fault = PayloadText.Fault("[\"ää\" x]");

        Assert.Equal((1, 7), (fault?.Line, fault?.Column));
    }
}
