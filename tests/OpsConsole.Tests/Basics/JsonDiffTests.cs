namespace OpsConsole.Tests.Basics;

public class JsonDiffTests
{
    [Theory]
    [InlineData("""{"a":5200.00,"b":[1,2]}""", """{ "b":[1.0,2e0], "a":5200 }""", "")]
    [InlineData("""{"a":12345678901234567890.01}""", """{"a":12345678901234567890.02}""", "/a")]
    [InlineData("""{"a":"5"}""", """{"a":5}""", "/a")]
    [InlineData("""{"a":1}""", """{"b":1}""", "/a /b")]
    [InlineData("""{"a":null}""", """{}""", "/a")]
    [InlineData("""{"a":null}""", """{"a":{"b":1,"c":{"d":2}}}""", "/a/b /a/c/d")]
    [InlineData("""{"a":{"b":1}}""", """{"a":5}""", "/a")]
    [InlineData("""{"l":[{"q":1},{"q":2}]}""", """{"l":[{"q":1}]}""", "/l/1/q")]
    [InlineData("""{"a":{}}""", """{"a":[]}""", "/a")]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", "")]
    public void Values_are_compared_and_not_how_they_are_written(string before, string after, string changed) =>
        Assert.Equal(changed, string.Join(' ', JsonDiff.Of(before, after).Select(change => change.Pointer)));

    [Fact]
    public void A_change_tells_both_values_as_written() =>
        Assert.Equal(new JsonChange("/amount", "5200.00", "5200.50"), Assert.Single(JsonDiff.Of("""{"amount":5200.00}""", """{"amount":5200.50}""")));
}
