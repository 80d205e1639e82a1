using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Control;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Conduct;

/// <summary>Does one step of a deal as the company's people do it: by a call to the service where it belongs, with what shall go wrong on the way.</summary>
internal sealed class DealActor(ServiceCaller caller, Switches switches, SimulatorOptions options)
{
    public Task Do(DealStep step, CancellationToken cancellationToken)
    {
        var deal = step.Deal;
        var fault = FaultOf(deal, step.Name);
        Journey.Current = new Journey
        {
            Deal = deal.Number, Lead = deal.LeadId, Fault = fault, Past = Journey.Current?.Past, Prompt = Journey.Current?.Prompt ?? false,
        };
        if (HitsAt(deal) == step.Name)
        {
            switches.Count(deal.Failure);
        }

        return step.Name switch
        {
            StepName.Begin => Begin(deal, cancellationToken),
            StepName.Perform => Perform(deal, cancellationToken),
            StepName.Bill => caller.Press("/billing/invoices", DealDocuments.InvoiceOf(deal), cancellationToken),
            StepName.Pay => caller.Press(
                $"/billing/invoices/{deal.InvoiceId}/pay", new JsonObject { ["payment"] = deal.PaymentId }, cancellationToken),
            _ => Heal(deal, cancellationToken),
        };
    }

    private Task<Reply> Begin(Deal deal, CancellationToken cancellationToken) => deal.Flow switch
    {
        DealFlow.CustomerOnboarding => caller.Press("/crm/customers", DealDocuments.CustomerOf(deal), cancellationToken),
        DealFlow.OrderToCash => caller.Press("/crm/orders", DealDocuments.OrderOf(deal), cancellationToken),
        _ => caller.Press("/crm/projects", DealDocuments.ProjectOf(deal), cancellationToken),
    };

    private Task<Reply> Perform(Deal deal, CancellationToken cancellationToken)
    {
        if (deal.Flow is DealFlow.OrderToCash)
        {
            return caller.Press($"/erp/orders/{deal.OrderId}/deliver", [], cancellationToken);
        }

        var hours = new Dice(options.Seed, "hours", deal.Number).Below(300) + 8;
        var body = new JsonObject { ["timesheet"] = deal.TimesheetId, ["hours"] = $"{hours}" };
        return caller.Press($"/erp/projects/{deal.ProjectId}/approve-time", body, cancellationToken);
    }

    private Task<Reply> Heal(Deal deal, CancellationToken cancellationToken)
    {
        var repaired = deal.Failure switch
        {
            FailureKind.TaxProfile => new JsonObject { ["taxProfile"] = deal.Customer.TaxProfile },
            FailureKind.PaymentTerms => new JsonObject { ["paymentTerms"] = deal.Customer.PaymentTerms },
            FailureKind.DuplicateCustomer => new JsonObject { ["vatNumber"] = deal.Customer.VatNumber },
            _ => [],
        };
        var (type, id) = (deal.Flow, deal.Failure) switch
        {
            (DealFlow.CustomerOnboarding, FailureKind.PaymentTerms) => ("billing-account", deal.Customer.BillingAccountId),
            (DealFlow.CustomerOnboarding, _) => ("customer", deal.Customer.Id),
            _ => ("invoice", deal.InvoiceId),
        };
        return caller.Press($"/middleware/dead-letters/{type}/{id}/resend", repaired, cancellationToken);
    }

    /// <summary>The step that the deal's failure strikes.</summary>
    private static StepName HitsAt(Deal deal) => (deal.Flow, deal.Failure) switch
    {
        (DealFlow.CustomerOnboarding, _) => StepName.Begin,
        (_, FailureKind.NeverComes) => StepName.Perform,
        _ => StepName.Bill,
    };

    private JourneyFault FaultOf(Deal deal, StepName name)
    {
        if (name != HitsAt(deal))
        {
            return JourneyFault.None;
        }

        if (deal.Failure is FailureKind.ErpDown && !BusinessClock.InThePast)
        {
            switches.TakeErpDown(new Dice(options.Seed, "down", deal.Number).Between(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(40)));
            return JourneyFault.None;
        }

        return deal.Failure switch
        {
            FailureKind.TaxProfile => JourneyFault.DropsTaxProfile,
            FailureKind.PaymentTerms => JourneyFault.GarblesTerms,
            FailureKind.Disagreement => JourneyFault.Disagrees,
            FailureKind.TimeoutAfterWrite => JourneyFault.AnswersLate,
            FailureKind.Throttled => JourneyFault.Throttles,
            FailureKind.ErpDown => JourneyFault.IsDown,
            FailureKind.NeverComes => JourneyFault.LosesAccount,
            _ => JourneyFault.None,
        };
    }
}
