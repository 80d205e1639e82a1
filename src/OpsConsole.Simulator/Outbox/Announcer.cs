using System.Diagnostics;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Outbox;

/// <summary>Puts what a service has to say into the outbox: mostly at once, sometimes late, twice or behind what came after it.</summary>
internal sealed class Announcer(EventOutbox outbox, BusinessClock clock, SimulatorOptions options)
{
    private static readonly TimeSpan s_little = TimeSpan.FromSeconds(2);

    public void Say(string service, SyncFact fact)
    {
        var journey = Journey.Current;
        var said = CloudEvent.Of(Services.EventSource(service), fact, clock.Now) with
        {
            Traceparent = Activity.Current?.Id,
            Correlationid = journey is { Lead.Length: > 0 } ? journey.Lead : null,
        };
        var bytes = said.ToUtf8();
        if (journey is null or { Prompt: true })
        {
            outbox.Put(bytes);
            return;
        }

        Deliver(said.Id, bytes);
    }

    private void Deliver(string id, byte[] bytes)
    {
        var dice = new Dice(options.Seed, id, 0);
        var (late, behind, twice) = (dice.Chance(options.Rates.Late), dice.Chance(options.Rates.OutOfOrder), dice.Chance(options.Rates.Twice));
        var delay = late ? dice.Between(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45)) : behind ? s_little : TimeSpan.Zero;
        outbox.Put(bytes, delay);
        if (twice)
        {
            outbox.Put(bytes, delay + dice.Between(TimeSpan.Zero, s_little));
        }
    }
}
