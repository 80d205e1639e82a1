using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Conduct;

/// <summary>What the company's people do in a deal, one after the other.</summary>
internal enum StepName
{
    /// <summary>The CRM gets a new customer, closes an order, activates a project.</summary>
    Begin,
    /// <summary>The order is delivered; the project's time is approved.</summary>
    Perform,
    Bill,
    Pay,
    /// <summary>Somebody repairs a refused message at the source.</summary>
    Heal,
}

internal sealed record DealStep(Deal Deal, StepName Name);
