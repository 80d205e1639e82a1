using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Intake.Otlp;

/// <summary>Attributes, events and links of a span as plain JSON texts. Strings are made safe: what no text column takes becomes U+FFFD.</summary>
internal sealed class AttributeJson : IDisposable
{
    private const char Replacement = '\uFFFD';

    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 10);
    private readonly Utf8JsonWriter _json;

    public AttributeJson() =>
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void Dispose() => _json.Dispose();

    public static string Safe(string text) => text.Replace('\0', Replacement);

    public string Of(IEnumerable<KeyValue> attributes) => Text(() => Attributes(attributes));

    public string Of(AnyValue value) => Text(() => Value(value));

    /// <summary>Nothing when there are none.</summary>
    public string? Of(IReadOnlyCollection<Span.Types.Event> events) => events.Count == 0 ? null : Text(() =>
    {
        _json.WriteStartArray();
        foreach (var one in events)
        {
            _json.WriteStartObject();
            _json.WriteNumber("time"u8, one.TimeUnixNano);
            _json.WriteString("name"u8, Safe(one.Name));
            _json.WritePropertyName("attributes"u8);
            Attributes(one.Attributes);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    });

    /// <summary>Nothing when there are none.</summary>
    public string? Of(IReadOnlyCollection<Span.Types.Link> links) => links.Count == 0 ? null : Text(() =>
    {
        _json.WriteStartArray();
        foreach (var link in links)
        {
            _json.WriteStartObject();
            _json.WriteString("traceId"u8, Convert.ToHexStringLower(link.TraceId.Span));
            _json.WriteString("spanId"u8, Convert.ToHexStringLower(link.SpanId.Span));
            _json.WritePropertyName("attributes"u8);
            Attributes(link.Attributes);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    });

    private string Text(Action write)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        write();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    private void Attributes(IEnumerable<KeyValue> attributes)
    {
        _json.WriteStartObject();
        foreach (var attribute in attributes)
        {
            _json.WritePropertyName(Safe(attribute.Key));
            Value(attribute.Value);
        }

        _json.WriteEndObject();
    }

    private void Value(AnyValue? value)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue: _json.WriteStringValue(Safe(value.StringValue)); break;
            case AnyValue.ValueOneofCase.BoolValue: _json.WriteBooleanValue(value.BoolValue); break;
            case AnyValue.ValueOneofCase.IntValue: _json.WriteNumberValue(value.IntValue); break;
            case AnyValue.ValueOneofCase.DoubleValue when double.IsFinite(value.DoubleValue): _json.WriteNumberValue(value.DoubleValue); break;
            case AnyValue.ValueOneofCase.DoubleValue: _json.WriteStringValue(value.DoubleValue.ToString(CultureInfo.InvariantCulture)); break;
            case AnyValue.ValueOneofCase.BytesValue: _json.WriteBase64StringValue(value.BytesValue.Span); break;
            case AnyValue.ValueOneofCase.KvlistValue: Attributes(value.KvlistValue.Values); break;
            case AnyValue.ValueOneofCase.ArrayValue:
                _json.WriteStartArray();
                foreach (var one in value.ArrayValue.Values)
                {
                    Value(one);
                }

                _json.WriteEndArray();
                break;
            default: _json.WriteNullValue(); break;
        }
    }
}
