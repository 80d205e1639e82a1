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
    private static readonly string[] s_changed = ["changedAt", "updatedAt", "modifiedAt", "lastModified", "lastModifiedAt", "recordedAt", "createdAt"];
    private static readonly string[] s_amounts = ["amount", "totalAmount", "total", "grossAmount"];
    private static readonly string[] s_refused = ["rejected", "failed", "error", "void", "voided", "deleted", "cancelled"];
    private readonly Dictionary<string, string?> _fields = new(StringComparer.OrdinalIgnoreCase);

    private HeldObject()
    {
    }

    public string? State => _fields.GetValueOrDefault("state") ?? _fields.GetValueOrDefault("status");

    /// <summary>It says of itself that it is not in force.</summary>
    public bool IsRefused => State is { } state && s_refused.Contains(state, StringComparer.OrdinalIgnoreCase);

    /// <summary>When it was changed last, as far as it says.</summary>
    public DateTimeOffset? ChangedAt => s_changed.Select(Field).OfType<string>()
        .Select(text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null)
        .FirstOrDefault(at => at is not null);

    /// <summary>Its version there, as far as it says.</summary>
    public long? Version => long.TryParse(Field("version"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Its worth in its own currency, when it says both.</summary>
    public Money? Worth => s_amounts.Select(name => Number(Field(name))).FirstOrDefault(number => number is not null) is { } amount && Field("currency") is { Length: 3 } currency
        ? new Money(amount, currency)
        : null;

    public string? Field(string name) => _fields.GetValueOrDefault(name);

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

    /// <summary>Every plain field of a payload with what the target has of it, and what sending it would do to it.</summary>
    /// <param name="payload">What would be sent.</param>
    /// <param name="held">What the target holds; nothing: it has no such object.</param>
    /// <param name="differing">What becomes of a field that it has with another value.</param>
    public static IReadOnlyList<AttributeEffect> Effects(string payload, HeldObject? held, DryRunVerdict differing) =>
        Read(payload) is not { } sent
            ? []
            : [.. from field in sent._fields
                  orderby field.Key
                  let present = held?.Field(field.Key)
                  let effect = present is null && !string.IsNullOrEmpty(field.Value) ? DryRunVerdict.Create
                      : Same(new AttributeDifference(field.Key, present, field.Value)) ? DryRunVerdict.NoOp
                      : differing
                  select new AttributeEffect(field.Key, present, field.Value, effect)];

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
