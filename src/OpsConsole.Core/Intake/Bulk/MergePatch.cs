using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Intake.Bulk;

/// <summary>A JSON merge patch (RFC 7396): what it names is set, what it sets to null is taken out, everything else stays.</summary>
public sealed class MergePatch
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1_000 };
    private static readonly JsonSerializerOptions s_plain = new() { MaxDepth = 1_000, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _patch;

    private MergePatch(JsonObject patch) => _patch = patch;

    /// <summary>Reads one, or says what is wrong with it.</summary>
    public static Outcome<MergePatch> Read(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: s_deep) is JsonObject { Count: > 0 } patch ? new MergePatch(patch) : Refusal.Invalid("patch", "must be a JSON object that names at least one field");
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid("patch", $"is not JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}");
        }
    }

    /// <summary>The patch that sets one field: <c>data.currency</c>.</summary>
    /// <param name="field">Names parted by points.</param>
    /// <param name="value">JSON; what is none counts as text.</param>
    public static MergePatch Setting(string field, string value)
    {
        ArgumentNullException.ThrowIfNull(field);
        JsonNode? set;
        try
        {
            set = JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            set = JsonValue.Create(value);
        }

        return new MergePatch((JsonObject)field.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse().Aggregate(set, (inner, name) => new JsonObject { [name] = inner })!);
    }

    /// <summary>The patched text, or nothing when the bytes are no JSON object.</summary>
    public byte[]? Apply(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1_000 });
            return JsonNode.Parse(ref reader) is JsonObject target ? JsonSerializer.SerializeToUtf8Bytes(Merge(target, _patch), s_plain) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;            // no JSON, no text, or a name that stands there twice
        }
    }

    public override string ToString() => _patch.ToJsonString(s_plain);

    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                target[name] = Merge(target[name] as JsonObject is { } there ? (JsonObject)there.DeepClone() : [], inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
