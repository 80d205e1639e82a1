using OpsConsole.Simulator.Billing;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Erp;
using OpsConsole.Simulator.Middleware;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Conduct;

/// <summary>The customers of old: on record in ERP and billing from the first moment, and told to the console with the past.</summary>
internal sealed class MasterData(DealMaker maker, ErpSystem erp, BillingSystem billing, Announcer announcer)
{
    private static readonly DateTimeOffset s_longAgo = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Seed()
    {
        foreach (var customer in maker.Customers.Pool)
        {
            erp.Ledger.Seed(RecordOf(DocumentCatalog.Customer, customer));
            billing.Ledger.Seed(RecordOf(DocumentCatalog.BillingAccount, customer));
        }
    }

    /// <summary>All systems agree on them; each statement a little after the one before.</summary>
    public void Announce(DateTimeOffset at)
    {
        foreach (var customer in maker.Customers.Pool)
        {
            at += TimeSpan.FromMinutes(7);
            Journey.Current = new Journey { Lead = customer.Id, Past = at };
            var record = RecordOf(DocumentCatalog.Customer, customer);
            var facts = DocumentFacts.Read(DocumentCatalog.Customer, record.Document);
            announcer.Say(Services.Crm, new SyncFact
            {
                Entity = new ObjectRef(facts.Type, facts.Id), System = "salesforce", Operation = "create", Outcome = "succeeded", State = "created",
                Version = 1, BusinessUnit = facts.Entity?.BusinessUnit, LegalEntity = facts.Entity?.Code, Region = facts.Entity?.Region,
                Attributes = facts.Attributes,
            });
            Journey.Current.Past = at + TimeSpan.FromSeconds(40);
            erp.Desk.Announce(facts, record);
            Journey.Current.Past = at + TimeSpan.FromSeconds(95);
            var account = RecordOf(DocumentCatalog.BillingAccount, customer);
            billing.Desk.Announce(DocumentFacts.Read(DocumentCatalog.BillingAccount, account.Document), account);
        }

        Journey.Current = null;
    }

    private static LedgerRecord RecordOf(DocumentKind kind, Customer customer)
    {
        var document = DealDocuments.CustomerOf(customer, customer.VatNumber);
        return new LedgerRecord
        {
            Type = kind.Type, State = kind.TakenState, Version = 1, RecordedAt = s_longAgo, ChangedAt = s_longAgo,
            Id = kind.Type is "customer" ? customer.Id : customer.BillingAccountId,
            Document = kind.Type is "customer" ? document : Mapping.AccountOf(document),
        };
    }
}
