using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Contracts;

/// <summary>Finds values in a payload that has been read.</summary>
internal static class PayloadPlaces
{
    /// <summary>The value at a pointer; nothing: it is not there.</summary>
    public static JsonElement? Find(JsonElement payload, string pointer)
    {
        if (JsonPointer.Read(pointer) is not { } names)
        {
            return null;
        }

        var at = payload;
        foreach (var name in names)
        {
            if (at.ValueKind is JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind is JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The same as text; nothing when it is no plain value.</summary>
    public static string? Text(JsonElement payload, string pointer) => Find(payload, pointer) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) } value
        ? value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;
}
