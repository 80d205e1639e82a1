namespace OpsConsole.Simulator.Business;

internal enum DealFlow { CustomerOnboarding, OrderToCash, ProjectToBilling }

/// <summary>What goes wrong with one business transaction.</summary>
internal enum FailureKind
{
    None, TaxProfile, PaymentTerms, DuplicateCustomer, TimeoutAfterWrite, Throttled, ErpDown, NeverComes, Disagreement,
}

/// <summary>One business transaction as it is decided before it starts: who, what, how much, and what will go wrong.</summary>
internal sealed record Deal
{
    public required long Number { get; init; }
    public required DealFlow Flow { get; init; }
    public required Customer Customer { get; init; }
    public required string Product { get; init; }
    public required decimal Amount { get; init; }
    public FailureKind Failure { get; init; }

    /// <summary>Somebody at the source repairs it after a while, without the console.</summary>
    public bool Heals { get; init; }

    /// <summary>What the CRM says the VAT number is: another customer's, when this one is a duplicate.</summary>
    public required string SpokenVatNumber { get; init; }

    public string OrderId => $"SO-{Number}";
    public string ProjectId => $"PRJ-{Number}";
    public string TimesheetId => $"TS-{Number}";
    public string InvoiceId => $"INV-{Number}";
    public string PaymentId => $"PAY-{Number}";

    /// <summary>What the transaction is led by: the id of its customer, order or project.</summary>
    public string LeadId => Flow switch
    {
        DealFlow.CustomerOnboarding => Customer.Id,
        DealFlow.OrderToCash => OrderId,
        _ => ProjectId,
    };
}
