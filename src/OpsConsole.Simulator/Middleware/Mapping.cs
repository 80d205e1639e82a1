using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Middleware;

/// <summary>Turns what one system says into what the other takes. This is where real integrations break, and so does this one when it shall.</summary>
internal static class Mapping
{
    /// <summary>What the middleware writes when it does not know the sender's terms.</summary>
    private const string ForeignTerms = "30 DAYS NET";

    public static JsonObject Map(DocumentKind kind, JsonObject said, JourneyFault fault)
    {
        var mapped = (JsonObject)said.DeepClone();
        mapped["memo"] = $"Sent by the middleware, mapping {kind.Type} v3";
        switch (fault)
        {
            case JourneyFault.DropsTaxProfile when kind.Attributes.Contains("taxProfile"):
                mapped["taxProfile"] = null;
                break;
            case JourneyFault.GarblesTerms when kind.Type is "invoice" or "billing-account":
                mapped["paymentTerms"] = ForeignTerms;
                break;
            case JourneyFault.Disagrees when kind.Type is "invoice":
                RoundByLine(mapped);
                break;
            case JourneyFault.Disagrees when kind.Type is "customer":
                mapped["paymentTerms"] = DocumentFacts.Text(mapped, "paymentTerms") is "NET45" ? "NET30" : "NET45";
                break;
        }

        return mapped;
    }

    /// <summary>The account that billing shall open for a customer that the ERP has taken.</summary>
    public static JsonObject AccountOf(JsonObject customer) => new()
    {
        ["accountId"] = "BA-" + DocumentFacts.Text(customer, "entityId")?[4..],
        ["entity"] = customer["entityId"]?.DeepClone(),
        ["customerName"] = customer["name"]?.DeepClone(),
        ["subsidiary"] = customer["subsidiary"]?.DeepClone(),
        ["currency"] = customer["currency"]?.DeepClone(),
        ["paymentTerms"] = customer["paymentTerms"]?.DeepClone(),
        ["email"] = customer["email"]?.DeepClone(),
    };

    private static void RoundByLine(JsonObject invoice)
    {
        var whole = DocumentFacts.Text(invoice, "currency") is "JPY";
        var amount = DocumentFacts.Number(invoice, "amount") ?? 0;
        invoice["amount"] = JsonNode.Parse((amount + (whole ? 2 : 0.02m)).ToString(whole ? "0" : "0.00", CultureInfo.InvariantCulture));
    }
}
