using System.Text.Json;
using OpsConsole.Intake.CloudEvents;

namespace OpsConsole.Intake.Mappings;

/// <summary>Looks up the values of one event as a mapping's picks name them, noting what is wrong.</summary>
internal sealed class Picker(string mapping, Envelope envelope, JsonElement data, Faults faults)
{
    /// <summary>The attributes of an event that a pick may name.</summary>
    public static readonly IReadOnlyList<string> Attributes = ["@type", "@id", "@source", "@subject", "@time"];

    private const string Others = "*";

    /// <summary>The value as text, or nothing when it is not there.</summary>
    public string? Text(Pick? pick, string field)
    {
        var found = pick is null ? null : Find(pick, field);
        if (found is null || pick!.Map is not { } map)
        {
            return found;
        }

        if (map.TryGetValue(found, out var meant) || map.TryGetValue(Others, out meant))
        {
            return meant;
        }

        faults.Add("mapping-value-unknown", field, $"the mapping {mapping} says nothing of {Faults.Quote(found)} in {pick.From}");
        return null;
    }

    /// <summary>The same, and a fault when it is not there.</summary>
    public string? Needed(Pick pick, string field)
    {
        var text = Text(pick, field);
        if (string.IsNullOrEmpty(text) && !faults.Any)
        {
            faults.Add("mapping-no-entity", field, $"the mapping {mapping} looks for it in {pick.From}, and nothing stands there");
        }

        return text;
    }

    private string? Find(Pick pick, string field) => pick.From switch
    {
        "@type" => envelope.Type,
        "@id" => envelope.Id,
        "@source" => envelope.Source,
        "@subject" => envelope.Subject,
        "@time" => envelope.Time,
        ['$', ..] => Place.TryParse(pick.From, out var place) ? Scalar(place.Find(data), pick, field) : null,
        _ => pick.From,
    };

    private string? Scalar(JsonElement? found, Pick pick, string field)
    {
        switch (found?.ValueKind)
        {
            case null or JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return found.Value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return found.Value.GetRawText();
            default:
                faults.Add("mapping-not-a-value", field, $"must be one value, but in {pick.From} stands {(found.Value.ValueKind is JsonValueKind.Array ? "a list" : "an object")}");
                return null;
        }
    }
}
