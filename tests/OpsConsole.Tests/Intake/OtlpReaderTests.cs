using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Tests.Intake;

/// <summary>OTLP/HTTP in both encodings.</summary>
public class OtlpReaderTests
{
    private const string Json =
        """
        {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "middleware"}}, {"key": "biz.business_unit", "value": {"stringValue": "EMEA"}}]},
          "scopeSpans": [{"scope": {"name": "sync"}, "spans": [{
            "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "eee19b7ec3c1b174", "parentSpanId": "", "name": "POST /invoices", "kind": 3, "futureField": {"a": [1]},
            "startTimeUnixNano": "1774958400000000001", "endTimeUnixNano": 1774958401000000000,
            "attributes": [{"key": "biz.invoice.id", "value": {"stringValue": "INV-1"}}, {"key": "netsuite.tranid", "value": {"intValue": "77"}}, {"key": "list", "value": {"arrayValue": {"values": [{"doubleValue": 1.5}, {"boolValue": true}, {"boolValue": false}]}}}],
            "events": [{"timeUnixNano": "5", "name": "exception", "attributes": []}], "status": {"code": "STATUS_CODE_ERROR", "message": "422"}}]}]}]}
        """;

    [Fact]
    public void A_span_in_json_becomes_a_row_and_the_objects_it_names()
    {
        var reading = Assert.Single(FromJson(Json).Value!.Readings);

        var span = reading.Span!;
        Assert.Equal("5b8efff798038103d269b633813fc60c", Convert.ToHexStringLower(span.TraceId));
        Assert.Equal(("POST /invoices", (short)3, (short)2, "422", true, "middleware", "sync"), (span.Name, span.Kind, span.Status, span.StatusMessage, span.Failed, span.Service, span.ScopeName));
        Assert.Equal((1774958400000000001, 1774958401000000000, new DateOnly(2026, 3, 31)), (span.StartNanos, span.EndNanos, span.Day));
        Assert.Null(span.ParentSpanId);
        Assert.Equal("{\"biz.invoice.id\":\"INV-1\",\"netsuite.tranid\":77,\"list\":[1.5,true,false]}", span.Attributes);
        Assert.Equal("[{\"time\":5,\"name\":\"exception\",\"attributes\":{}}]", span.Events);
        Assert.Equal([("invoice", "INV-1", "EMEA", true), ("invoice", "77", "EMEA", true)], reading.Keys.Select(key => (key.Type, key.Id, key.Unit!, key.Failed)));
    }

    [Fact]
    public void Protobuf_and_json_say_the_same()
    {
        var request = new OtlpJson(Encoding.UTF8.GetBytes(Json)).Read().Request;

        var json = FromJson(Json).Value!.Readings[0].Span!;
        var binary = Reader().Protobuf(request.ToByteArray(), EventJson.Anybody).Value!.Readings[0].Span!;

        Assert.Equal((json.Attributes, json.Resource, json.Events, json.StartNanos), (binary.Attributes, binary.Resource, binary.Events, binary.StartNanos));
        Assert.Equal(json.TraceId, binary.TraceId);
    }

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData("17749584\u00bf")]
    [InlineData("soon")]
    public void A_number_that_is_none_spoils_the_body_and_is_named(string number)
    {
        var broken = Encoding.Latin1.GetBytes(Json.Replace("1774958400000000001", number, StringComparison.Ordinal));

        var refusal = Reader().Json(broken, EventJson.Anybody).Refusal!;

        Assert.Contains("startTimeUnixNano", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00", "eee19b7ec3c1b174", "trace-id-invalid")]
    [InlineData("00000000000000000000000000000000", "eee19b7ec3c1b174", "trace-id-invalid")]
    [InlineData("zz8efff798038103d269b633813fc60c", "eee19b7ec3c1b174", "trace-id-invalid")]
    [InlineData("5b8efff798038103d269b633813fc60c", "0000000000000000", "span-id-invalid")]
    [InlineData("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b17", "span-id-invalid")]
    public void A_span_without_proper_ids_is_kept_aside_and_can_be_taken_in_when_mended(string trace, string span, string reason)
    {
        var delivery = FromJson(Json.Replace("5B8EFFF798038103D269B633813FC60C", trace, StringComparison.Ordinal).Replace("eee19b7ec3c1b174", span, StringComparison.Ordinal)).Value!;

        var refused = Assert.Single(delivery.Readings).Refused!;
        Assert.Equal(reason, refused.Reason);
        Assert.Contains("\"rejectedSpans\":\"1\"", Encoding.UTF8.GetString(OtlpAnswer.Of(delivery, json: true)), StringComparison.Ordinal);
        var mended = Encoding.UTF8.GetString(refused.Bytes).Replace($"\"{trace}\"", "\"5b8efff798038103d269b633813fc60c\"", StringComparison.Ordinal).Replace($"\"{span}\"", "\"eee19b7ec3c1b174\"", StringComparison.Ordinal);
        Assert.Equal("middleware", Assert.Single(FromJson(mended).Value!.Readings).Span!.Service);
    }

    [Fact]
    public void Texts_that_no_column_takes_are_made_safe()
    {
        var json = Json.Replace("\"sync\"", "\"s\\u0000c\"", StringComparison.Ordinal).Replace("POST /invoices", new string('n', 2_000), StringComparison.Ordinal);

        var span = Assert.Single(FromJson(json).Value!.Readings).Span!;

        Assert.Equal(("s\uFFFDc", 512), (span.ScopeName, span.Name.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceSpans\": 5}")]
    [InlineData("{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"startTimeUnixNano\": \"soon\"}]}]}]}")]
    [InlineData("{\"resourceSpans\": [")]
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

    [Fact]
    public void A_partial_success_in_protobuf_counts_what_was_refused()
    {
        var delivery = FromJson(Json.Replace("eee19b7ec3c1b174", "00", StringComparison.Ordinal)).Value!;

        var answer = ExportTraceServiceResponse.Parser.ParseFrom(OtlpAnswer.Of(delivery, json: false));

        Assert.Equal(1, answer.PartialSuccess.RejectedSpans);
        Assert.Contains("span_id", answer.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
    }

    private static Outcome<Delivery> FromJson(string json) => Reader().Json(Encoding.UTF8.GetBytes(json), EventJson.Anybody);

    private static OtlpReader Reader() => new(Options.Create(new IntakeOptions { Mappings = new() { ["netsuite.tranid"] = "invoice" } }), TimeProvider.System);
}
