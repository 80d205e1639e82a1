using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Billing;

/// <summary>What billing says to the console of its invoices and payments. It has ids of its own, and once uses them alone.</summary>
internal sealed class BillingVoice(Announcer announcer, HookSender hooks, BusinessClock clock)
{
    public void Finalized(DocumentFacts invoice)
    {
        announcer.Say(Services.Billing, Said(invoice, "create", "finalized") with { Entity = new ObjectRef("invoice", invoice.Id), Version = 1 });
        if (invoice.Links.FirstOrDefault(link => link.Type is "customer") is { } customer)
        {
            hooks.Tell("customer.updated", new JsonObject { ["id"] = StripeIds.Of("customer", customer.Id), ["metadata"] = new JsonObject { ["account"] = customer.Id } }, clock.Now);
        }
    }

    public void Paid(DocumentFacts invoice, DocumentFacts payment, int version)
    {
        // Here billing speaks of the invoice by its own id only; the alias that it gave before joins the two.
        announcer.Say(Services.Billing, Said(invoice, "pay", "paid") with
        {
            Entity = new ObjectRef("invoice", StripeIds.Of("invoice", invoice.Id)), Aliases = null, Version = version,
        });
        announcer.Say(Services.Billing, Said(payment, "create", "captured") with { Entity = new ObjectRef("payment", payment.Id), Version = 1 });
        hooks.Tell("invoice.paid", InvoiceOf(invoice), clock.Now);
    }

    /// <summary>As the vendor shows it: amounts in the currency's smallest unit, currencies in small letters.</summary>
    private static JsonObject InvoiceOf(DocumentFacts invoice) => new()
    {
        ["id"] = StripeIds.Of("invoice", invoice.Id),
        ["status"] = "paid",
        ["amount_due"] = invoice.Amount is { } amount ? (long)(decimal.Parse(amount, CultureInfo.InvariantCulture) * (invoice.Entity?.Decimals is 0 ? 1 : 100)) : null,
        ["currency"] = invoice.Currency is { } currency ? string.Concat(currency.Select(char.ToLowerInvariant)) : null,
        ["metadata"] = new JsonObject { ["businessUnit"] = invoice.Entity?.BusinessUnit, ["legalEntity"] = invoice.Entity?.Code },
    };

    private static SyncFact Said(DocumentFacts facts, string operation, string state) => new()
    {
        Entity = new ObjectRef(facts.Type, facts.Id),
        Aliases = [new Alias("stripe", StripeIds.Of(facts.Type, facts.Id))],
        System = "stripe",
        Operation = operation,
        Outcome = "succeeded",
        State = state,
        Links = facts.Links,
        BusinessUnit = facts.Entity?.BusinessUnit,
        LegalEntity = facts.Entity?.Code,
        Region = facts.Entity?.Region,
        Amount = facts.Amount,
        Currency = facts.Currency,
        Attributes = facts.Attributes,
    };
}
