using System.Text.Json.Nodes;
using OpsConsole.Events;

namespace OpsConsole.Tests.Events;

public class AttributeSetTests
{
    [Fact]
    public void One_text_stays_as_it_was_said()
    {
        Assert.Equal("""{"b": 1.50, "a": null}""", AttributeSet.Merge([null, """{"b": 1.50, "a": null}""", null, """{"b": 1.50, "a": null}"""]));
        Assert.Null(AttributeSet.Merge([null, null]));
    }

    [Fact]
    public void Later_values_replace_earlier_ones_name_by_name_however_often_a_text_comes_back()
    {
        var random = new Random(5);
        string[] texts = ["""{"a":1,"b":2}""", """{"b":3,"c":null}""", """{"c":4}""", """{"d":{"e":[1]},"a":null}""", "{}"];
        for (var round = 0; round < 200; round++)
        {
            var said = Enumerable.Range(0, random.Next(2, 12)).Select(_ => random.Next(6) is var at and < 5 ? texts[at] : null).ToList();
            var expected = new JsonObject();
            foreach (var (name, value) in said.OfType<string>().SelectMany(text => JsonNode.Parse(text)!.AsObject()))
            {
                expected[name] = value?.DeepClone();
            }

            Assert.Equal(said.TrueForAll(text => text is null) ? null : expected.ToJsonString(), AttributeSet.Merge(said));
        }
    }
}
