using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Billing;

/// <summary>What billing says to the console of its invoices and payments. It has ids of its own, and once uses them alone.</summary>
internal sealed class BillingVoice(Announcer announcer)
{
    public void Finalized(DocumentFacts invoice) =>
        announcer.Say(Services.Billing, Said(invoice, "create", "finalized") with { Entity = new ObjectRef("invoice", invoice.Id), Version = 1 });

    public void Paid(DocumentFacts invoice, DocumentFacts payment, int version)
    {
        // Here billing speaks of the invoice by its own id only; the alias that it gave before joins the two.
        announcer.Say(Services.Billing, Said(invoice, "pay", "paid") with
        {
            Entity = new ObjectRef("invoice", StripeIds.Of("invoice", invoice.Id)), Aliases = null, Version = version,
        });
        announcer.Say(Services.Billing, Said(payment, "create", "captured") with { Entity = new ObjectRef("payment", payment.Id), Version = 1 });
    }

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
