using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Records;

/// <summary>What every system checks first: that the document has its fields, in a form that can be read at all.</summary>
internal static class FieldRules
{
    public static LedgerRefusal? Check(DocumentFacts facts, JsonObject body)
    {
        var missing = facts.Kind.Required.FirstOrDefault(field => body[field] is null);
        if (missing is not null)
        {
            return LedgerRefusal.Malformed($"The field {missing} is missing.", missing);
        }

        if (facts.Id is not { Length: > 0 and <= 64 })
        {
            return LedgerRefusal.Malformed($"{facts.Kind.IdField} must be a text of 1 to 64 characters.", facts.Kind.IdField);
        }

        if (facts.Kind.HasAmount && DocumentFacts.Number(body, "amount") is not > 0)
        {
            return LedgerRefusal.Malformed("amount must be a number above 0.", "amount");
        }

        if (facts.Entity is null)
        {
            return LedgerRefusal.Invalid("SUBSIDIARY_UNKNOWN", $"There is no subsidiary {body["subsidiary"]}.", "subsidiary");
        }

        return facts.Currency == facts.Entity.Currency
            ? null
            : LedgerRefusal.Invalid("CURRENCY_NOT_ALLOWED", $"{facts.Entity.Code} books in {facts.Entity.Currency}, not in {facts.Currency}.", "currency");
    }

    public static LedgerRefusal? Terms(JsonObject body)
    {
        var terms = DocumentFacts.Text(body, "paymentTerms");
        return terms is not null && Company.PaymentTerms.Contains(terms)
            ? null
            : LedgerRefusal.Invalid(
                "PAYMENT_TERMS_UNKNOWN", $"Payment terms {terms ?? "(none)"} are not known here. Known are {string.Join(", ", Company.PaymentTerms)}.",
                "paymentTerms", "mapping");
    }
}
