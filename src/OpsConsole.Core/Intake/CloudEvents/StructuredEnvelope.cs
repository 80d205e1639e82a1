using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>
/// Reads one event in the JSON format: <c>{"specversion": "1.0", "id": "…", "source": "…", "type": "…", "time": "…", "data": {…}}</c>,
/// the data also as <c>"data_base64": "…"</c>.
/// </summary>
internal static class StructuredEnvelope
{
    /// <param name="json">One element whose syntax was checked.</param>
    public static Envelope Read(ReadOnlyMemory<byte> json, Faults faults)
    {
        var envelope = new Envelope();
        var reader = new Utf8JsonReader(json.Span, JsonScan.AnyDepth);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            faults.Add("not-an-object", "event", "must be a JSON object");
            return envelope;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.TryRead(ref reader);
            reader.Read();
            switch (name)
            {
                case null:
                    faults.Add("bad-text", "event", "has an attribute whose name is no text");
                    reader.Skip();
                    break;
                case "data":
                    var start = (int)reader.TokenStartIndex;
                    var absent = reader.TokenType is JsonTokenType.Null;
                    reader.Skip();
                    envelope.SetData(absent ? default : json[start..(int)reader.BytesConsumed], isJson: true);
                    break;
                case "data_base64":
                    envelope.SetData(Decode(ref reader, faults), isJson: false);
                    break;
                default:
                    Attribute(envelope, name, ref reader, faults);
                    break;
            }
        }

        return envelope;
    }

    private static void Attribute(Envelope envelope, string name, ref Utf8JsonReader reader, Faults faults)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.Number:
                envelope.Set(name, Encoding.ASCII.GetString(reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                envelope.Set(name, reader.TokenType is JsonTokenType.True ? "true" : "false");
                break;
            case JsonTokenType.String when JsonText.TryRead(ref reader) is { } text && !text.Contains('\0', StringComparison.Ordinal):
                envelope.Set(name, text);
                break;
            case JsonTokenType.String:
                faults.Add("bad-text", name, "holds a NUL character, broken UTF-8, or an escape that is no character");
                break;
            default:
                faults.Add("attribute-unreadable", name, "must be a string, a number or a boolean");
                reader.Skip();
                break;
        }
    }

    private static ReadOnlyMemory<byte> Decode(ref Utf8JsonReader reader, Faults faults)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return default;
        }

        if (JsonText.TryRead(ref reader) is not { } text || !Base64.IsValid(text))
        {
            faults.Add("data-unreadable", "data_base64", "must be a base64 string");
            reader.Skip();
            return default;
        }

        return Convert.FromBase64String(text);
    }
}
