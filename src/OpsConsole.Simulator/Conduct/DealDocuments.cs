using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Conduct;

/// <summary>What people type into the systems for a deal.</summary>
internal static class DealDocuments
{
    public static JsonObject CustomerOf(Deal deal) => CustomerOf(deal.Customer, deal.SpokenVatNumber);

    public static JsonObject CustomerOf(Customer customer, string vatNumber) => new()
    {
        ["entityId"] = customer.Id,
        ["name"] = customer.Name,
        ["subsidiary"] = customer.Entity.Code,
        ["currency"] = customer.Entity.Currency,
        ["vatNumber"] = vatNumber,
        ["taxProfile"] = customer.TaxProfile,
        ["paymentTerms"] = customer.PaymentTerms,
        ["email"] = customer.Email,
    };

    public static JsonObject OrderOf(Deal deal) => With(Sale(deal), "tranId", deal.OrderId);

    public static JsonObject ProjectOf(Deal deal) => With(Sale(deal), "projectId", deal.ProjectId);

    public static JsonObject InvoiceOf(Deal deal)
    {
        var invoice = With(Sale(deal), "tranId", deal.InvoiceId);
        invoice[deal.Flow is DealFlow.ProjectToBilling ? "project" : "order"] = deal.LeadId;
        return invoice;
    }

    private static JsonObject Sale(Deal deal) => new()
    {
        ["entity"] = deal.Customer.Id,
        ["customerName"] = deal.Customer.Name,
        ["subsidiary"] = deal.Customer.Entity.Code,
        ["product"] = deal.Product,
        ["amount"] = JsonNode.Parse(deal.Amount.ToString(deal.Customer.Entity.Decimals == 0 ? "0" : "0.00", CultureInfo.InvariantCulture)),
        ["currency"] = deal.Customer.Entity.Currency,
        ["taxProfile"] = deal.Customer.TaxProfile,
        ["paymentTerms"] = deal.Customer.PaymentTerms,
    };

    private static JsonObject With(JsonObject document, string field, string value)
    {
        var named = new JsonObject { [field] = value };
        foreach (var (name, node) in document)
        {
            named[name] = node?.DeepClone();
        }

        return named;
    }
}
