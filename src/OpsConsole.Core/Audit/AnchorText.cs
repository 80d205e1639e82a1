using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Audit;

/// <summary>An anchor as one line of JSON: <c>{"anchor": 1, "number": …, "chain": "…", "at": "…", "key": "…", "signature": "…"}</c>.</summary>
public static class AnchorText
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AnchorLine anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return JsonSerializer.Serialize(new Shape(1, anchor.Number, Convert.ToHexStringLower(anchor.Chain), anchor.At.UtcDateTime, anchor.KeyId, Convert.ToBase64String(anchor.Signature)), s_json);
    }

    /// <returns>Nothing when the line is none.</returns>
    public static AnchorLine? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Shape>(line, s_json) is { Anchor: 1, Chain: not null, Key: not null, Signature: not null } shape
                ? new AnchorLine(shape.Number, Convert.FromHexString(shape.Chain), new DateTimeOffset(shape.At.ToUniversalTime()), shape.Key, Convert.FromBase64String(shape.Signature))
                : null;
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Shape(int Anchor, long Number, string Chain, DateTime At, string Key, string Signature);
}
