using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Middleware;

/// <summary>How long the courier takes, waits and pauses. In the past by the clock of the past, and in hours instead of seconds.</summary>
internal sealed class CourierPace(BusinessClock clock, SimulatorOptions options)
{
    public DateTimeOffset Now => clock.Now;

    public TimeSpan Timeout => TimeSpan.FromMilliseconds(options.TimeoutMs);

    /// <summary>The mapping takes a moment; in the past messages also lay in a queue, which is what the sync lag of the board is about.</summary>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        var work = Pace.Work(options.Seed, "map", 20, 150);
        if (BusinessClock.InThePast)
        {
            var queued = new Dice(options.Seed, "queue", Journey.Current?.Deal ?? 0).LogNormal(140, 1.2);
            work += TimeSpan.FromSeconds(Math.Floor(Math.Min(queued, 7_200)));
        }

        await clock.Take(work, cancellationToken);
    }

    public DateTimeOffset NextAttempt(Message message, Reply reply)
    {
        var dice = new Dice(options.Seed, $"retry {message.Attempt}", Journey.Current?.Deal ?? 0);
        if (BusinessClock.InThePast)
        {
            return clock.Now + dice.Between(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(40));
        }

        var pause = TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, message.Attempt - 1), 40)) + dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        return clock.Now + (reply.RetryAfter > pause ? reply.RetryAfter.Value : pause);
    }
}
