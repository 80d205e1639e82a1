using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Conduct;

/// <summary>
/// Runs the company: remembers where it stood, creates the past once, then begins transactions at the chosen speed and keeps the agenda.
/// </summary>
internal sealed class Conductor(
    CompanyParts parts, CompanyMemory memory, Agenda agenda, DealRun run, ILogger<Conductor> log) : BackgroundService
{
    private readonly SimulatorOptions _options = parts.Options;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The company stops before the server does, so that nobody calls a service that is gone.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, parts.Lifetime.ApplicationStopping);
        try
        {
            await parts.Started(ending.Token);
            Open();
            if (!await parts.ConsoleReady(ending.Token))
            {
                log.ConsoleNotReady(_options.ConsoleUrl);
            }

            await CreatePast(ending.Token);
            await Task.WhenAll(agenda.RunLive(ending.Token), BeginDeals(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The company closes.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        memory.Save(agenda.Steps(), run.Waiting());
        parts.Shelves.Save();
    }

    private void Open()
    {
        parts.MasterData.Seed();
        run.Watch(parts.Erp.Ledger);
        foreach (var due in memory.Steps)
        {
            run.Schedule(due.Step, due.At);
        }

        foreach (var step in memory.Waiting)
        {
            run.WhenOnRecord(step);
        }

        log.Opened(parts.Address.Url, _options.Seed, _options.Speed, _options.ConsoleUrl);
    }

    /// <summary>Begun and not ended means that the process died in it: then the books are cleared and it is made again, with the same result.</summary>
    private async Task CreatePast(CancellationToken cancellationToken)
    {
        if (memory.Backfilled)
        {
            return;
        }

        var anchor = memory.Anchor ?? _options.BackfillUntil ?? parts.Time.GetUtcNow();
        var from = anchor - TimeSpan.FromDays(_options.BackfillDays);
        memory.BeginPast(anchor, _options.Backfill);
        if (_options.Backfill > 0)
        {
            parts.ForgetRecords();
            parts.MasterData.Announce(from - TimeSpan.FromHours(6));
            for (var number = DealMaker.FirstNumber; number < DealMaker.FirstNumber + _options.Backfill; number++)
            {
                run.Schedule(new DealStep(parts.Maker.Make(number, past: true), StepName.Begin), parts.Pace.BeginOf(number, from, anchor));
            }

            await agenda.RunPast(anchor, cancellationToken);

            // What was delivered is billed within minutes now: the console counts deadlines from when it heard of the delivery.
            var now = parts.Time.GetUtcNow();
            agenda.Move(step => step.Name is StepName.Bill ? now + parts.Pace.Before(step, past: false) : null);
            log.PastCreated(_options.Backfill, from);
        }

        memory.EndPast();
    }

    private async Task BeginDeals(CancellationToken cancellationToken)
    {
        for (var begun = 0L; _options.StopAfter == 0 || begun < _options.StopAfter;)
        {
            var speed = parts.Switches.Speed;
            if (speed <= 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), parts.Time, cancellationToken);
                continue;
            }

            await Task.Delay(TimeSpan.FromMinutes(1 / speed), parts.Time, cancellationToken);
            run.Schedule(new DealStep(parts.Maker.Make(memory.TakeNumber()), StepName.Begin), parts.Time.GetUtcNow());
            begun++;
        }
    }
}
