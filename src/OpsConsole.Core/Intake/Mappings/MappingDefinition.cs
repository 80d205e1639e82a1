using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Intake.Mappings;

/// <summary>
/// How events of a foreign type say what a sync event says. Only the entity must be named: without an outcome the events are shown on
/// timelines and change no state.
/// </summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
/// <param name="Type">The CloudEvents type, or the vendor's event type of a web-hook; a <c>*</c> at the end takes whatever follows.</param>
/// <param name="EntityType">Such as <c>invoice</c>.</param>
/// <param name="EntityId">Such as <c>$.data.object.id</c>.</param>
public sealed record MappingDefinition(string Name, string Type, Pick EntityType, Pick EntityId)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions s_readable = new(s_json) { WriteIndented = true };

    /// <summary>As people read it; the name when absent.</summary>
    public string? Label { get; init; }

    /// <summary>The CloudEvents source that it holds for (a web-hook's is <c>/v1/hooks/NAME</c>); absent: any.</summary>
    public string? Source { get; init; }

    /// <summary>The system that speaks; absent: the registered source's name.</summary>
    public Pick? System { get; init; }

    public Pick? Operation { get; init; }

    /// <summary><c>succeeded</c>, <c>pending</c> or <c>failed</c>; absent: the event is shown on timelines only.</summary>
    public Pick? Outcome { get; init; }

    public Pick? State { get; init; }

    public Pick? Version { get; init; }

    public Pick? Amount { get; init; }

    /// <summary>An ISO 4217 code in capitals or small letters.</summary>
    public Pick? Currency { get; init; }

    public Pick? BusinessUnit { get; init; }

    public Pick? LegalEntity { get; init; }

    public Pick? Region { get; init; }

    /// <summary>The error's code; absent where it failed: the event's type.</summary>
    public Pick? ErrorCode { get; init; }

    public Pick? ErrorCategory { get; init; }

    public Pick? ErrorMessage { get; init; }

    /// <summary>The attribute at fault.</summary>
    public Pick? ErrorAttribute { get; init; }

    /// <summary>When it happened: RFC 3339, or seconds since 1970. Absent: the event's own time, else its receipt.</summary>
    public Pick? Time { get; init; }

    /// <summary>The event's identity at its source where it stands in the data; absent: the event's own id.</summary>
    public Pick? Id { get; init; }

    /// <summary>Other objects that this one belongs with; one whose id is not there is left out.</summary>
    public IReadOnlyList<MappedLink>? Links { get; init; }

    /// <summary>It is kept but takes nothing in.</summary>
    public bool Disabled { get; init; }

    public bool Matches(string type, string? source) => (Source is null || Source == source)
        && (Type.EndsWith('*') ? type.AsSpan().StartsWith(Type.AsSpan()[..^1], StringComparison.Ordinal) : Type == type);

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>The same, in lines for an editor.</summary>
    public string ToText() => JsonSerializer.Serialize(this, s_readable);

    /// <exception cref="JsonException">It is no mapping; its path and message say what is wrong.</exception>
    public static MappingDefinition FromJson(string json) =>
        JsonSerializer.Deserialize<MappingDefinition>(json, s_json) ?? throw new JsonException("A mapping is an object.");
}

/// <summary>Where another object stands in the data.</summary>
public sealed record MappedLink(Pick Type, Pick Id, Pick? Role = null);

/// <summary>
/// Where one value comes from: <c>$.data.object.id</c> is a place in the data, <c>@type</c> (or id, source, subject, time) an attribute of the
/// event, anything else a constant. As JSON a string, or an object where a map or minor units are needed.
/// </summary>
/// <param name="From">The place, the attribute or the constant.</param>
/// <param name="Map">What was found → what it means; <c>*</c> stands for all others. A value without a meaning is a fault.</param>
/// <param name="MinorUnits">The amount is in the currency's smallest unit: 1250 is EUR 12.50 and JPY 1,250.</param>
[JsonConverter(typeof(PickJson))]
public sealed record Pick(string From, IReadOnlyDictionary<string, string>? Map = null, bool MinorUnits = false);

internal sealed class PickJson : JsonConverter<Pick>
{
    public override Pick Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return new Pick(reader.GetString()!);
        }

        var read = JsonSerializer.Deserialize<Long>(ref reader, options);
        return read?.From is { } from ? new Pick(from, read.Map, read.MinorUnits) : throw new JsonException("must be a string, or an object with \"from\"");
    }

    public override void Write(Utf8JsonWriter writer, Pick value, JsonSerializerOptions options)
    {
        if (value.Map is null && !value.MinorUnits)
        {
            writer.WriteStringValue(value.From);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Long(value.From, value.Map, value.MinorUnits), options);
        }
    }

    private sealed record Long(string From, IReadOnlyDictionary<string, string>? Map, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MinorUnits);
}
