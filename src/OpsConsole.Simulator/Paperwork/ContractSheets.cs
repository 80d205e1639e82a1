using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Paperwork;

/// <summary>What each system wants its documents to be, as the contract that the console checks repairs by. It follows the rules that the receivers really apply.</summary>
internal static class ContractSheets
{
    private static readonly IReadOnlyList<string> s_order =
    [
        "tranId", "entityId", "projectId", "paymentId", "accountId", "invoice", "order", "project", "entity", "name", "customerName", "taxProfile", "vatNumber", "paymentTerms", "amount", "currency",
        "subsidiary", "product", "email", "memo",
    ];

    /// <summary>The body of <c>PUT /api/v1/contracts/{name}</c> for one kind of document.</summary>
    public static JsonObject Of(DocumentKind kind) => new()
    {
        ["label"] = kind.Type.StartsWith(kind.Service, StringComparison.Ordinal) ? $"{char.ToUpperInvariant(kind.Type[0])}{kind.Type[1..].Replace('-', ' ')}" : $"{(kind.Service is "billing" ? "Billing" : "ERP")} {kind.Type.Replace('-', ' ')}",
        ["for"] = new JsonObject { ["target"] = kind.Target },
        ["note"] = $"As {(kind.Service is "billing" ? "billing" : "the ERP")} checks it",
        ["schema"] = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"{kind.Type.Replace('-', ' ')} sent to {kind.Target}",
            ["type"] = "object",
            ["required"] = new JsonArray([.. Needed(kind).Select(name => JsonValue.Create(name))]),
            ["properties"] = Properties(kind),
        },
    };

    private static IEnumerable<string> Needed(DocumentKind kind) =>
        kind.Required.Concat(kind.Type is "customer" ? ["taxProfile", "vatNumber"] : kind.Type is "invoice" ? ["taxProfile", "paymentTerms"] : kind.Attributes.Contains("paymentTerms") ? ["paymentTerms"] : []);

    private static JsonObject Properties(DocumentKind kind)
    {
        var names = kind.Required.Concat(kind.Attributes).Concat(kind.Links.Select(link => link.Field)).Concat(Carried(kind)).Append("memo").Distinct(StringComparer.Ordinal);
        var properties = new JsonObject();
        foreach (var name in names.OrderBy(name => s_order.Contains(name) ? s_order.ToList().IndexOf(name) : s_order.Count))
        {
            properties[name] = Field(kind, name);
        }

        return properties;
    }

    // What the documents carry besides, though their receiver neither needs nor keeps it.
    private static string[] Carried(DocumentKind kind) => kind.Type switch { "customer" => ["email"], "order" or "project" => ["taxProfile"], _ => [] };

    private static JsonObject Field(DocumentKind kind, string name) => name switch
    {
        _ when name == kind.IdField => Text("Number", ("x-oc-changeable", false), ("x-oc-why", "It is the document's key in every system."), ("minLength", 1), ("maxLength", 64)),
        "taxProfile" => new JsonObject
        {
            ["title"] = "Tax profile", ["type"] = kind.Type is "customer" or "invoice" ? "string" : new JsonArray("string", "null"), ["x-oc-changeable"] = true, ["x-oc-financial"] = true,
            ["description"] = "Each legal entity knows its own.", ["x-oc-lookup"] = TaxProfiles(),
        },
        "paymentTerms" => new JsonObject
        {
            ["title"] = "Payment terms", ["type"] = "string", ["x-oc-changeable"] = true, ["x-oc-financial"] = true,
            ["x-oc-lookup"] = new JsonArray([.. Company.PaymentTerms.Select(terms => JsonValue.Create(terms))]),
        },
        "vatNumber" => Text("VAT number", ("x-oc-changeable", true), ("minLength", 4), ("maxLength", 20), ("description", "No two customers have the same.")),
        "email" => Text("E-mail", ("x-oc-changeable", true), ("x-oc-personal", true), ("format", "email")),
        "memo" => new JsonObject { ["title"] = "Memo", ["type"] = new JsonArray("string", "null"), ["maxLength"] = 200, ["x-oc-changeable"] = true },
        "amount" => new JsonObject { ["title"] = "Amount", ["type"] = "number", ["exclusiveMinimum"] = 0, ["x-oc-financial"] = true },
        "currency" => Text("Currency", ("pattern", "^[A-Z]{3}$"), ("x-oc-financial", true)),
        "subsidiary" => new JsonObject { ["title"] = "Subsidiary", ["enum"] = new JsonArray([.. Company.LegalEntities.Select(entity => JsonValue.Create(entity.Code))]) },
        "name" or "customerName" => Text("Customer's name", ("x-oc-attribute", "customerName")),
        "entity" => Text("Customer", ("minLength", 1)),
        "product" => new JsonObject { ["title"] = "Product", ["type"] = new JsonArray("string", "null") },
        _ => Text(char.ToUpperInvariant(name[0]) + name[1..]),
    };

    private static JsonObject TaxProfiles() => new()
    {
        ["by"] = "/subsidiary",
        ["values"] = new JsonObject([.. Company.LegalEntities.Select(entity => KeyValuePair.Create(
            entity.Code, (JsonNode?)new JsonArray([.. entity.TaxProfiles.Select(profile => JsonValue.Create(profile))])))]),
    };

    private static JsonObject Text(string title, params (string Keyword, JsonNode Value)[] more)
    {
        var field = new JsonObject { ["title"] = title, ["type"] = "string" };
        foreach (var (keyword, value) in more)
        {
            field[keyword] = value;
        }

        return field;
    }
}
