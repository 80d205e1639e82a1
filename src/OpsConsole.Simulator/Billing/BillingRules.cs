using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Billing;

/// <summary>What billing insists on before it opens an account.</summary>
internal static class BillingRules
{
    public static LedgerRefusal? Check(Ledger ledger, DocumentFacts facts, JsonObject body)
    {
        var email = DocumentFacts.Text(body, "email");
        return email is not null && email.Contains('@', StringComparison.Ordinal)
            ? FieldRules.Terms(body)
            : LedgerRefusal.Invalid("EMAIL_INVALID", $"{email ?? "(none)"} is not an address that invoices can go to.", "email");
    }
}
