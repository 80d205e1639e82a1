using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Conduct;

/// <summary>
/// Leads deals from step to step. An order is delivered, a project worked on, only once the ERP has it: until then the deal waits, and goes on
/// when the record is there, whoever brought it there (a replay from the console as well).
/// </summary>
internal sealed class DealRun(DealActor actor, Agenda agenda, DealPace pace, BusinessClock clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DealStep> _waiting = new(StringComparer.Ordinal);
    private Ledger? _erp;

    public void Watch(Ledger erp)
    {
        _erp = erp;
        erp.Recorded += (type, id) => GoOn($"{type}/{id}");
    }

    public IReadOnlyList<DealStep> Waiting()
    {
        lock (_gate)
        {
            return [.. _waiting.Values];
        }
    }

    public void Schedule(DealStep step, DateTimeOffset due) =>
        agenda.At(due, new Journey { Deal = step.Deal.Number, Lead = step.Deal.LeadId }, token => Do(step, token), step);

    /// <summary>Does the step now and puts what follows on the agenda.</summary>
    public async Task Do(DealStep step, CancellationToken cancellationToken)
    {
        await actor.Do(step, cancellationToken);
        PlanAfter(step);
    }

    public void PlanAfter(DealStep step)
    {
        switch (step.Name)
        {
            case StepName.Begin when step.Deal.Flow is not DealFlow.CustomerOnboarding:
                WhenOnRecord(step with { Name = StepName.Perform });
                break;
            case StepName.Perform when step.Deal.Failure is not FailureKind.NeverComes:
                Plan(step with { Name = StepName.Bill });
                break;
            case StepName.Bill:
                Plan(step with { Name = StepName.Pay });
                break;
        }

        if (step.Deal.Heals && step.Name == (step.Deal.Flow is DealFlow.CustomerOnboarding ? StepName.Begin : StepName.Bill) && NeedsHealing(step.Deal))
        {
            Plan(step with { Name = StepName.Heal });
        }
    }

    public void WhenOnRecord(DealStep step)
    {
        var (type, id) = step.Deal.Flow is DealFlow.OrderToCash ? ("order", step.Deal.OrderId) : ("project", step.Deal.ProjectId);
        lock (_gate)
        {
            if (_erp?.Find(type, id) is null)
            {
                _waiting[$"{type}/{id}"] = step;
                return;
            }
        }

        Plan(step);
    }

    private void GoOn(string name)
    {
        DealStep? step;
        lock (_gate)
        {
            _waiting.Remove(name, out step);
        }

        if (step is not null)
        {
            Plan(step);
        }
    }

    private void Plan(DealStep step) => Schedule(step, clock.Now + pace.Before(step, BusinessClock.InThePast));

    private static bool NeedsHealing(Deal deal) => deal.Failure
        is FailureKind.TaxProfile or FailureKind.PaymentTerms or FailureKind.DuplicateCustomer or FailureKind.TimeoutAfterWrite;
}
