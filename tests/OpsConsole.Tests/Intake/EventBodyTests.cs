using System.Text;
using OpsConsole.Intake;
using OpsConsole.Intake.CloudEvents;

namespace OpsConsole.Tests.Intake;

/// <summary>Bodies: what concerns one element only, and what refuses the whole.</summary>
public class EventBodyTests
{
    private static readonly string s_other = EventJson.Right.Replace("\"e1\"", "\"e2\"", StringComparison.Ordinal);

    [Theory]
    [InlineData("[{]")]
    [InlineData("[{\"id\": 1},]")]
    [InlineData("[] []")]
    [InlineData("[\"\t\"]")]
    [InlineData("")]
    [InlineData("{}")]
    public void A_syntax_error_anywhere_refuses_the_whole_body(string body)
    {
        var read = EventJson.Batch(EventJson.Bytes(body));

        Assert.Equal(RefusalKind.Invalid, read.Refusal?.Kind);
    }

    [Fact]
    public void A_nul_byte_outside_of_a_string_is_a_syntax_error() =>
        Assert.False(EventJson.Batch(EventJson.Bytes("[", EventJson.Right, new byte[] { 0 }, "]")).Accepted);

    public static TheoryData<string, byte[]> Poison() => new()
    {
        { "too-deep", [] },
        { "not-an-object", "5"u8.ToArray() },
        { "bad-utf8", [.. "{\"specversion\":\"1.0\",\"id\":\"p\",\"source\":\"s\",\"type\":\"opsconsole.sync.v1\",\"time\":\"2026-03-31T12:00:00Z\",\"data\":{\"note\":\""u8, 0xC3, 0x28, .. "\"}}"u8] },
        { "nul", [.. "{\"specversion\":\"1.0\",\"id\":\"p\",\"source\":\"s\",\"type\":\"opsconsole.sync.v1\",\"time\":\"2026-03-31T12:00:00Z\",\"data\":{\"note\":\"a"u8, 0, .. "\"}}"u8] },
        { "bad-text", "{\"specversion\":\"1.0\",\"id\":\"p\",\"source\":\"s\",\"type\":\"opsconsole.sync.v1\",\"time\":\"2026-03-31T12:00:00Z\",\"data\":{\"note\":\"\\ud800\"}}"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public void Poison_inside_one_element_concerns_that_element_only(string reason, byte[] poison)
    {
        if (reason is "too-deep")
        {
            poison = Encoding.UTF8.GetBytes(EventJson.With("data.payload", "\"HERE\"").Replace("\"HERE\"", new string('[', 10_000) + new string(']', 10_000), StringComparison.Ordinal));
        }

        var readings = EventJson.Batch(EventJson.Bytes("[", EventJson.Right, ",", poison, ",", s_other, "]")).Value!.Readings;

        Assert.Equal([true, false, true], readings.Select(reading => reading.Event is not null));
        Assert.Equal(reason, readings[1].Refused!.Reason);
        Assert.Equal(poison, readings[1].Refused!.Bytes);
    }

    [Fact]
    public void What_is_refused_keeps_as_much_of_its_identity_as_could_be_read()
    {
        var reading = EventJson.Read(EventJson.With("data.outcome", "\"done\""));

        Assert.Equal(("urn:samples", "e1", "e1"), (reading.Refused!.EventSource, reading.Refused.EventId, reading.Id));
        Assert.Equal(Ids.OfEvent("urn:samples", "e1"), reading.Refused.EventKey);
    }

    [Fact]
    public void Data_is_kept_byte_for_byte()
    {
        var reading = EventJson.Read(EventJson.Right);

        var start = EventJson.Right.IndexOf("{\"entity\"", StringComparison.Ordinal);
        Assert.Equal(EventJson.Right[start..^1], Encoding.UTF8.GetString(reading.Event!.Data));
    }

    [Fact]
    public void Data_may_come_as_base64()
    {
        var data = "{\"entity\":{\"type\":\"order\",\"id\":\"1\"},\"system\":\"crm\",\"outcome\":\"succeeded\"}";
        var json = EventJson.With("data", null).Replace("{\"specversion\"", $"{{\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}\",\"specversion\"", StringComparison.Ordinal);

        Assert.Equal(data, Encoding.UTF8.GetString(EventJson.Read(json).Event!.Data));
    }

    [Fact]
    public void Base64_data_that_is_not_json_is_the_events_own_fault()
    {
        var json = EventJson.With("data", null).Replace("{\"specversion\"", "{\"data_base64\":\"SGVsbG8=\",\"specversion\"", StringComparison.Ordinal);

        Assert.Equal("data-not-json", EventJson.Read(json).Refused!.Reason);
    }

    [Fact]
    public void In_binary_mode_headers_are_unquoted_and_percent_decoded()
    {
        var reading = Binary("application/json", "{\"entity\":{\"type\":\"order\",\"id\":\"1\"},\"system\":\"crm\",\"outcome\":\"succeeded\"}", ("ce-subject", "\"K%C3%B6ln%20\\\"1\\\"\""));

        Assert.Equal("Köln \"1\"", reading.Value!.Readings[0].Event!.Subject);
    }

    [Fact]
    public void A_binary_event_that_is_refused_is_kept_as_one_json_that_can_be_mended()
    {
        var reading = Assert.Single(Binary("application/json", "{\"outcome\":\"done\"}").Value!.Readings);

        var again = Assert.Single(EventJson.Reader().Structured(reading.Refused!.Bytes, EventJson.Anybody).Value!.Readings);
        Assert.Equal((reading.Id, reading.Refused.Message), (again.Id, again.Refused!.Message));
    }

    [Fact]
    public void A_binary_body_with_a_syntax_error_is_refused_as_a_whole() => Assert.False(Binary("application/json", "{\"entity\":").Accepted);

    [Fact]
    public void A_binary_body_of_another_type_is_one_unreadable_event() =>
        Assert.Equal("data-not-json", Assert.Single(Binary("text/plain", "hello").Value!.Readings).Refused!.Reason);

    private static Outcome<Delivery> Binary(string contentType, string body, params IEnumerable<(string Name, string Value)> more)
    {
        KeyValuePair<string, string>[] headers =
        [
            new("ce-specversion", "1.0"), new("ce-id", "b1"), new("ce-source", "urn:samples"), new("CE-Type", EventMaker.SyncType), new("ce-time", "2026-03-31T12:00:00Z"),
            .. more.Select(header => KeyValuePair.Create(header.Name, header.Value)),
        ];
        return EventJson.Reader().Binary(headers, contentType, Encoding.UTF8.GetBytes(body), EventJson.Anybody);
    }
}
