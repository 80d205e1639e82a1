using System.Text;
using OpsConsole.Intake.CloudEvents;

namespace OpsConsole.Tests.Intake;

/// <summary>Same content: compared as JSON with keys sorted and numbers by value.</summary>
public class ContentHashTests
{
    [Theory]
    [InlineData("5200.00", "5200")]
    [InlineData("5200.00", "5.2e3")]
    [InlineData("5200.00", "0.52E+4")]
    [InlineData("0", "-0.0")]
    [InlineData("0", "0e99")]
    [InlineData("1e-3", "0.001")]
    [InlineData("-12.50", "-1.25e1")]
    [InlineData("1e400", "10e399")]
    [InlineData("{\"a\":1,\"b\":2}", "{ \"b\" : 2.0, \"a\" : 1 }")]
    [InlineData("{\"b\":{\"y\":1,\"x\":2},\"a\":[1,2]}", "{\"a\":[1,2],\"b\":{\"x\":2,\"y\":1}}")]
    [InlineData("\"\\u00e9\\n\"", "\"é\\u000a\"")]
    [InlineData("{\"aa\":1,\"a\":2,\"b\":3}", "{\"b\":3,\"a\":2,\"aa\":1}")]
    public void The_same_in_other_words(string one, string other) => Assert.Equal(Canonical(one), Canonical(other));

    [Theory]
    [InlineData("5200", "5200.01")]
    [InlineData("5200", "\"5200\"")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[12]", "[1,2]")]
    [InlineData("{\"a\":null}", "{}")]
    [InlineData("{\"a\":\"bc\"}", "{\"ab\":\"c\"}")]
    [InlineData("true", "false")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("9007199254740993", "9007199254740992")]
    public void Not_the_same(string one, string other) => Assert.NotEqual(Canonical(one), Canonical(other));

    [Theory]
    [InlineData("subject", "\"other\"", false)]
    [InlineData("time", "\"2026-03-31T14:00:00.1234569+02:00\"", true)]
    [InlineData("time", "\"2026-03-31T12:00:01Z\"", false)]
    [InlineData("correlationid", "\"c\"", true)]
    [InlineData("data.amount", "5200.00", false)]
    [InlineData("data.version", "7.0", true)]
    public void Of_an_event_type_subject_time_and_data_count(string path, string json, bool same) =>
        Assert.Equal(same, EventJson.Read(EventJson.Right).Event!.Content.SequenceEqual(EventJson.Read(EventJson.With(path, json)).Event!.Content));

    private static string Canonical(string json) => Convert.ToHexString(new CanonicalJson().Of(Encoding.UTF8.GetBytes(json)));
}
