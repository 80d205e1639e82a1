using System.Text;
using Google.Protobuf;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Tests.Intake;

/// <summary>Logs over OTLP in both encodings.</summary>
public class OtlpLogReaderTests
{
    private const string Trace = "5B8EFFF798038103D269B633813FC60C";
    private const string Span = "eee19b7ec3c1b174";
    private const string Json =
        """
        {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "middleware"}}]},
          "scopeLogs": [{"scope": {"name": "courier"}, "logRecords": [{
            "timeUnixNano": "1774958400000000001", "observedTimeUnixNano": "1774958400000000002", "severityNumber": 17, "severityText": "Error", "futureField": {"a": [1]},
            "body": {"stringValue": "INV-1 was refused"}, "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "eee19b7ec3c1b174", "flags": 1,
            "attributes": [{"key": "attempt", "value": {"intValue": "2"}}, {"key": "code", "value": {"stringValue": "TAX"}}], "eventName": "refused"}]}]}]}
        """;

    [Fact]
    public void A_record_in_json_becomes_a_row()
    {
        var log = Read(Json);

        Assert.Equal((Trace.ToLowerInvariant(), Span), (Convert.ToHexStringLower(log.TraceId!), Convert.ToHexStringLower(log.SpanId!)));
        Assert.Equal((1774958400000000001, new DateOnly(2026, 3, 31), (short)17, "Error"), (log.TimeNanos, log.Day, log.Severity, log.SeverityText));
        Assert.Equal(("INV-1 was refused", "middleware", "courier", "refused"), (log.Body, log.Service, log.ScopeName, log.EventName));
        Assert.Equal("{\"attempt\":2,\"code\":\"TAX\"}", log.Attributes);
        Assert.Equal("{\"service.name\":\"middleware\"}", log.Resource);
    }

    [Fact]
    public void Protobuf_and_json_say_the_same_and_are_the_same_record()
    {
        var request = new OtlpLogsJson(Encoding.UTF8.GetBytes(Json)).Read().Request;

        var binary = Assert.Single(Reader().Protobuf(request.ToByteArray(), EventJson.Anybody).Value!.Readings).Log!;

        var json = Read(Json);
        Assert.Equal((json.Key, json.Attributes, json.Body), (binary.Key, binary.Attributes, binary.Body));
    }

    [Theory]
    [InlineData("\"traceId\": \"" + Trace + "\", \"spanId\": \"" + Span + "\",", "")]
    [InlineData(Trace, "")]
    [InlineData(Trace, "00000000000000000000000000000000")]
    public void A_record_without_a_trace_is_right_and_belongs_to_no_span(string said, string instead)
    {
        var log = Read(Json.Replace(said, instead, StringComparison.Ordinal));

        Assert.Null(log.TraceId);
        Assert.Null(log.SpanId);
        Assert.Equal("INV-1 was refused", log.Body);
    }

    [Theory]
    [InlineData("00", Span, "trace-id-invalid")]
    [InlineData("zz8efff798038103d269b633813fc60c", Span, "trace-id-invalid")]
    [InlineData(Trace, "eee19b7ec3c1b1", "span-id-invalid")]
    public void A_record_whose_ids_have_a_wrong_length_is_kept_aside_and_can_be_taken_in_when_mended(string trace, string span, string reason)
    {
        var delivery = FromJson(Json.Replace(Trace, trace, StringComparison.Ordinal).Replace(Span, span, StringComparison.Ordinal)).Value!;

        var refused = Assert.Single(delivery.Readings).Refused!;

        Assert.Equal((reason, "logs"), (refused.Reason, refused.Kind));
        Assert.Contains("\"rejectedLogRecords\":\"1\"", Encoding.UTF8.GetString(OtlpAnswer.Of(delivery, json: true)), StringComparison.Ordinal);
        var answer = ExportLogsServiceResponse.Parser.ParseFrom(OtlpAnswer.Of(delivery, json: false));
        Assert.Equal(1, answer.PartialSuccess.RejectedLogRecords);
        var mended = Encoding.UTF8.GetString(refused.Bytes).Replace($"\"{trace}\"", $"\"{Trace}\"", StringComparison.Ordinal).Replace($"\"{span}\"", $"\"{Span}\"", StringComparison.Ordinal);
        Assert.Equal("middleware", Read(mended).Service);
    }

    [Fact]
    public void A_refused_record_in_protobuf_can_be_read_again_by_itself()
    {
        var request = new OtlpLogsJson(Encoding.UTF8.GetBytes(Json)).Read().Request;
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].TraceId = ByteString.CopyFrom(1, 2);

        var refused = Assert.Single(Reader().Protobuf(request.ToByteArray(), EventJson.Anybody).Value!.Readings).Refused!;

        Assert.Equal("trace-id-invalid", Assert.Single(Reader().Protobuf(refused.Bytes, EventJson.Anybody).Value!.Readings).Refused!.Reason);
    }

    [Theory]
    [InlineData("1774958400000000001", "1774958400000000009")]
    [InlineData("INV-1 was refused", "INV-2 was refused")]
    [InlineData("\"severityNumber\": 17", "\"severityNumber\": 13")]
    [InlineData("\"TAX\"", "\"TERMS\"")]
    [InlineData("courier", "mapper")]
    [InlineData("middleware", "billing")]
    [InlineData(Span, "eee19b7ec3c1b175")]
    public void What_differs_in_anything_that_was_said_is_another_record(string said, string instead) =>
        Assert.NotEqual(Read(Json).Key, Read(Json.Replace(said, instead, StringComparison.Ordinal)).Key);

    [Fact]
    public void Without_a_time_it_is_when_it_was_observed_and_else_when_it_came()
    {
        var observed = Read(Json.Replace("\"timeUnixNano\": \"1774958400000000001\",", "", StringComparison.Ordinal));
        var before = DateTimeOffset.UtcNow;
        var came = Read(Json.Replace("\"timeUnixNano\": \"1774958400000000001\", \"observedTimeUnixNano\": \"1774958400000000002\",", "", StringComparison.Ordinal));

        Assert.Equal(1774958400000000002, observed.TimeNanos);
        Assert.InRange(DateTimeOffset.UnixEpoch.AddTicks(came.TimeNanos / 100), before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public void What_is_too_large_is_cut_and_what_was_left_out_is_counted()
    {
        var large = new string('x', LogMaker.MostAttributes);
        var log = Read(Json
            .Replace("INV-1 was refused", new string('b', 2 * LogMaker.MostBody), StringComparison.Ordinal)
            .Replace("\"TAX\"", $"\"{large}\"", StringComparison.Ordinal));

        Assert.Equal((LogMaker.MostBody, "{\"attempt\":2}", 1), (log.Body!.Length, log.Attributes, log.Dropped));
    }

    [Fact]
    public void A_body_that_is_no_text_is_kept_as_json_and_texts_that_no_column_takes_are_made_safe()
    {
        var list = Read(Json.Replace("{\"stringValue\": \"INV-1 was refused\"}", "{\"kvlistValue\": {\"values\": [{\"key\": \"id\", \"value\": {\"stringValue\": \"INV-1\"}}]}}", StringComparison.Ordinal));
        var nul = Read(Json.Replace("INV-1 was refused", "a\\u0000b", StringComparison.Ordinal));

        Assert.Equal("{\"id\":\"INV-1\"}", list.Body);
        Assert.Equal("a\uFFFDb", nul.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceLogs\": 5}")]
    [InlineData("{\"resourceLogs\": [")]
    public void What_is_no_request_is_malformed(string body) => Assert.Equal(RefusalKind.Invalid, FromJson(body).Refusal?.Kind);

    [Fact]
    public void Nothing_at_all_is_an_empty_request_in_protobuf_and_so_are_braces_in_json()
    {
        var nothing = Reader().Protobuf(default, EventJson.Anybody).Value!;

        Assert.Empty(nothing.Readings);
        Assert.Empty(OtlpAnswer.Of(nothing, json: false));
        Assert.Equal("{}", Encoding.UTF8.GetString(OtlpAnswer.Of(FromJson("{}").Value!, json: true)));
        Assert.False(Reader().Protobuf("zzz"u8.ToArray(), EventJson.Anybody).Accepted);
    }

    private static OpsConsole.Traces.LogRecord Read(string json) => Assert.Single(FromJson(json).Value!.Readings).Log!;

    private static Outcome<Delivery> FromJson(string json) => Reader().Json(Encoding.UTF8.GetBytes(json), EventJson.Anybody);

    private static OtlpLogReader Reader() => new(TimeProvider.System);
}
