using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads an event in binary mode: attributes as <c>ce-*</c> headers, the body as data.</summary>
internal static class BinaryEnvelope
{
    private const string Prefix = "ce-";

    public static Envelope Read(IEnumerable<KeyValuePair<string, string>> headers, string? contentType, Faults faults)
    {
        var envelope = new Envelope { DataContentType = contentType };
        foreach (var (header, value) in headers)
        {
            if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = Lower(header[Prefix.Length..]);
            if (Decode(value) is { } text && !text.Contains('\0', StringComparison.Ordinal))
            {
                envelope.Set(name, text);
            }
            else
            {
                faults.Add("bad-text", name, "holds a NUL character or broken UTF-8");
            }
        }

        return envelope;
    }

    /// <summary>The event in the JSON format, in which it can be looked at and mended.</summary>
    public static byte[] Structured(IEnumerable<KeyValuePair<string, string>> headers, string? contentType, ReadOnlySpan<byte> data, bool json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var (header, value) in headers)
            {
                if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                {
                    writer.WriteString(Lower(header[Prefix.Length..]), Decode(value) ?? value);
                }
            }

            if (contentType is not null)
            {
                writer.WriteString("datacontenttype", contentType);
            }

            if (json)
            {
                writer.WritePropertyName("data");
                writer.WriteRawValue(data, skipInputValidation: true);
            }
            else if (!data.IsEmpty)
            {
                writer.WriteBase64String("data_base64", data);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // CloudEvents HTTP binding 3.1.3.2: quotes first, then one round of percent-decoding.
    private static string? Decode(string value)
    {
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
        {
            value = Unquote(value[1..^1]);
        }

        if (!value.Contains('%', StringComparison.Ordinal))
        {
            return value;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var coded = bytes[i] == (byte)'%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = coded ? Convert.ToByte(Encoding.ASCII.GetString(bytes, i + 1, 2), 16) : bytes[i];
            i += coded ? 2 : 0;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string Unquote(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] == '\\' && i + 1 < value.Length ? value[++i] : value[i]);
        }

        return text.ToString();
    }

    private static string Lower(string name) => string.Create(name.Length, name, (room, from) => from.AsSpan().ToLowerInvariant(room));
}
