using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Erp;

/// <summary>What the ERP insists on before it books anything.</summary>
internal static class ErpRules
{
    public static LedgerRefusal? Check(Ledger ledger, DocumentFacts facts, JsonObject body) => facts.Type switch
    {
        "customer" => Tax(facts, body, facts.Id) ?? FieldRules.Terms(body) ?? VatNumber(ledger, facts, body),
        "invoice" => Customer(ledger, body) ?? Tax(facts, body, DocumentFacts.Text(body, "entity")) ?? FieldRules.Terms(body),
        "order" or "project" => Customer(ledger, body) ?? FieldRules.Terms(body),
        "payment" => Invoice(ledger, body),
        _ => null,
    };

    private static LedgerRefusal? Tax(DocumentFacts facts, JsonObject body, string? customer)
    {
        var profile = DocumentFacts.Text(body, "taxProfile");
        var known = string.Join(", ", facts.Entity!.TaxProfiles);
        if (string.IsNullOrWhiteSpace(profile))
        {
            return LedgerRefusal.Invalid(
                "TAX_PROFILE_MISSING", $"Customer {customer} has no tax profile. {facts.Entity.Code} knows {known}.", "taxProfile");
        }

        return facts.Entity.TaxProfiles.Contains(profile)
            ? null
            : LedgerRefusal.Invalid("TAX_PROFILE_UNKNOWN", $"Tax profile {profile} is not known in {facts.Entity.Code}. It knows {known}.", "taxProfile");
    }

    private static LedgerRefusal? VatNumber(Ledger ledger, DocumentFacts facts, JsonObject body)
    {
        var number = DocumentFacts.Text(body, "vatNumber");
        if (string.IsNullOrEmpty(number))
        {
            return LedgerRefusal.Invalid("VAT_NUMBER_MISSING", $"Customer {facts.Id} has no VAT number.", "vatNumber");
        }

        var holder = ledger.FirstOrDefault("customer", other => other.Id != facts.Id && DocumentFacts.Text(other.Document, "vatNumber") == number);
        return holder is null
            ? null
            : LedgerRefusal.Invalid(
                "DUPLICATE_CUSTOMER", $"VAT number {number} is in use by {holder.Id}, {DocumentFacts.Text(holder.Document, "name")}.", "vatNumber", "duplicate");
    }

    private static LedgerRefusal? Customer(Ledger ledger, JsonObject body)
    {
        var customer = DocumentFacts.Text(body, "entity") ?? "";
        return ledger.Find("customer", customer) is not null
            ? null
            : LedgerRefusal.TooEarly("CUSTOMER_NOT_FOUND", $"Customer {customer} is not in the ERP yet.", "entity");
    }

    private static LedgerRefusal? Invoice(Ledger ledger, JsonObject body)
    {
        var invoice = DocumentFacts.Text(body, "invoice") ?? "";
        return ledger.Find("invoice", invoice) is not null
            ? null
            : LedgerRefusal.TooEarly("INVOICE_NOT_FOUND", $"Invoice {invoice} is not booked yet, so the payment cannot be applied.", "invoice");
    }
}
