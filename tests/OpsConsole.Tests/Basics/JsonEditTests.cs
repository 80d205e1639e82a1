namespace OpsConsole.Tests.Basics;

public class JsonEditTests
{
    private const string Payload = "{ \"id\" : \"Ä\\u00e9\",\n  \"amount\": 5200.00, \"big\":12345678901234567890.10 ,\"lines\":[{\"qty\":1.0},{\"qty\":2}], \"note\":null }";

    [Theory]
    [InlineData("/amount", "5200.00")]
    [InlineData("/lines/1/qty", "2")]
    [InlineData("/id", "\"Ä\\u00e9\"")]
    [InlineData("/note", "null")]
    [InlineData("/nothing", null)]
    [InlineData("/lines/7", null)]
    [InlineData("/amount/deeper", null)]
    public void A_value_is_read_as_it_is_written(string pointer, string? written) => Assert.Equal(written, JsonEdit.Read(Payload, pointer));

    [Fact]
    public void Setting_one_value_leaves_every_other_byte() =>
        Assert.Equal(Payload.Replace("\"qty\":2}", "\"qty\":3.50}", StringComparison.Ordinal), JsonEdit.Set(Payload, "/lines/1/qty", "3.50"));

    [Fact]
    public void A_missing_field_is_added_as_its_neighbours_are_written() =>
        Assert.Equal("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": \"x\"\n}", JsonEdit.Set("{\n  \"a\": 1,\n  \"b\": 2\n}", "/c", "\"x\""));

    [Theory]
    [InlineData("{}", "/a", "{\"a\":1}")]
    [InlineData("{}", "/a/b", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":null}", "/a/b", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"x\": 0}", "/a", "{\"x\": 0,\"a\": 1}")]
    [InlineData("{\"a/b~\":0}", "/a~1b~0", "{\"a/b~\":1}")]
    public void Objects_on_the_way_are_made(string before, string pointer, string after) => Assert.Equal(after, JsonEdit.Set(before, pointer, "1"));

    [Theory]
    [InlineData("[1]", "/a")]
    [InlineData("{\"a\":5}", "/a/b")]
    [InlineData("{\"a\":[1]}", "/a/3")]
    [InlineData("{", "/a")]
    [InlineData("{}", "a")]
    public void Where_there_is_no_place_nothing_is_set(string before, string pointer) => Assert.Null(JsonEdit.Set(before, pointer, "1"));

    [Theory]
    [InlineData("{\"a\":1, \"b\":2, \"c\":3}", "/b", "{\"a\":1, \"c\":3}")]
    [InlineData("{\"a\":1, \"b\":2}", "/a", "{\"b\":2}")]
    [InlineData("{ \"a\":1 }", "/a", "{  }")]
    [InlineData("{\"a\":1}", "/z", "{\"a\":1}")]
    public void A_field_goes_with_its_comma(string before, string pointer, string after) => Assert.Equal(after, JsonEdit.Remove(before, pointer));

    [Fact]
    public void Of_a_name_that_stands_twice_the_last_one_is_meant()
    {
        const string twice = "{\"a\":1,\"a\":2}";

        Assert.Equal(("2", "{\"a\":1,\"a\":9}", "{\"a\":1}"), (JsonEdit.Read(twice, "/a"), JsonEdit.Set(twice, "/a", "9"), JsonEdit.Remove(twice, "/a")));
    }

    [Fact]
    public void Whatever_is_set_and_set_back_is_the_same_text()
    {
        string[] pointers = ["/id", "/amount", "/big", "/lines/0/qty", "/note"];
        foreach (var pointer in pointers)
        {
            var changed = JsonEdit.Set(Payload, pointer, "\"something else, longer\"")!;

            Assert.NotEqual(Payload, changed);
            Assert.Equal(Payload, JsonEdit.Set(changed, pointer, JsonEdit.Read(Payload, pointer)!));
        }
    }
}
