using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Outbox;

namespace OpsConsole.Simulator.Records;

/// <summary>What a document says about itself: read from its JSON by the table of its kind, whoever wrote it and whatever a steward changed in it.</summary>
internal sealed record DocumentFacts(
    DocumentKind Kind, string Id, LegalEntity? Entity, string? Amount, string? Currency,
    IReadOnlyList<ObjectRef> Links, IReadOnlyDictionary<string, object?> Attributes)
{
    public string Type => Kind.Type;

    /// <summary>The same key at every attempt, whoever sends it.</summary>
    public string Key => $"{Id.ToLowerInvariant()}-{Kind.Operation}";

    public static DocumentFacts Read(DocumentKind kind, JsonObject body)
    {
        var links = from link in kind.Links
                    let id = Text(body, link.Field)
                    where !string.IsNullOrEmpty(id)
                    select new ObjectRef(link.Type, id, link.Role);
        var currency = Text(body, "currency");
        var entity = Company.Find(Text(body, "subsidiary"));
        var amount = kind.HasAmount && currency is not null ? Money(body, entity?.Decimals ?? 2) : null;
        var attributes = kind.Attributes.ToDictionary(
            name => name, object? (name) => name is "amount" ? amount : Text(body, name), StringComparer.Ordinal);
        return new DocumentFacts(kind, Text(body, kind.IdField) ?? "", entity, amount, currency, [.. links], attributes);
    }

    public static string? Text(JsonObject body, string field) =>
        body[field] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>An amount may come as a number or as text; it is said with the currency's own decimals.</summary>
    public static decimal? Number(JsonObject body, string field) =>
        body[field] is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(body[field]!.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Money(JsonObject body, int decimals) =>
        Number(body, "amount")?.ToString(decimals == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
