using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Replay;

/// <summary>
/// What a target holds of an object, compared with a payload. Its answer is a JSON object with the object's fields at the top or within
/// <c>document</c>, <c>attributes</c>, <c>data</c> or <c>record</c>, under the payload's names whatever their case, and its <c>state</c>.
/// </summary>
internal sealed class HeldObject
{
    private static readonly string[] s_within = ["document", "attributes", "data", "record"];
    private static readonly string[] s_refused = ["rejected", "failed", "error", "void", "voided", "deleted", "cancelled"];
    private readonly Dictionary<string, string?> _fields = new(StringComparer.OrdinalIgnoreCase);

    private HeldObject()
    {
    }

    public string? State => _fields.GetValueOrDefault("state") ?? _fields.GetValueOrDefault("status");

    /// <summary>It says of itself that it is not in force.</summary>
    public bool IsRefused => State is { } state && s_refused.Contains(state, StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing when the answer is no JSON object.</summary>
    public static HeldObject? Read(string? body)
    {
        var held = new HeldObject();
        return body is not null && held.Take(body) ? held : null;
    }

    /// <summary>Every plain field of the payload that the target shows too, with both values.</summary>
    public IReadOnlyList<AttributeDifference> Compare(string payload)
    {
        var sent = Read(payload);
        return sent is null
            ? []
            : [.. from field in sent._fields
                  where _fields.ContainsKey(field.Key)
                  orderby field.Key
                  select new AttributeDifference(field.Key, _fields[field.Key], field.Value)];
    }

    /// <summary>Numbers by value, <c>5200.00</c> as 5200; everything else by its text; nothing and empty are the same.</summary>
    public static bool Same(AttributeDifference field) =>
        string.Equals(field.Present ?? "", field.Sent ?? "", StringComparison.Ordinal)
        || (Number(field.Present) is { } present && Number(field.Sent) is { } sent && present == sent);

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool Take(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return false;
            }

            Take(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Take(JsonElement from)
    {
        foreach (var field in from.EnumerateObject())
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.Object when s_within.Contains(field.Name, StringComparer.OrdinalIgnoreCase):
                    Take(field.Value);
                    break;
                case JsonValueKind.String:
                    _fields.TryAdd(field.Name, field.Value.GetString());
                    break;
                case JsonValueKind.Null:
                    _fields.TryAdd(field.Name, null);
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    _fields.TryAdd(field.Name, field.Value.GetRawText());
                    break;
            }
        }
    }
}
