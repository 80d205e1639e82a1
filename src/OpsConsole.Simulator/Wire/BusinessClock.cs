namespace OpsConsole.Simulator.Wire;

/// <summary>The time of the transaction at hand: the true one, or that of a journey in the past.</summary>
internal sealed class BusinessClock(TimeProvider time)
{
    public const string Header = "X-Simulator-Time";

    public DateTimeOffset Now => Journey.Current?.Past ?? time.GetUtcNow();

    public static bool InThePast => Journey.Current?.Past is not null;

    /// <summary>The service takes its time over something: really now, only by the clock in the past.</summary>
    public async Task Take(TimeSpan span, CancellationToken cancellationToken)
    {
        var journey = Journey.Current;
        if (journey?.Past is { } past)
        {
            journey.Past = past + span;
        }
        else if (journey is { Prompt: false })
        {
            await Task.Delay(span, time, cancellationToken);
        }
    }

    /// <summary>As <see cref="Take"/>, also in a prompt journey: it is the slowness itself that is wanted.</summary>
    public async Task Dawdle(TimeSpan span, CancellationToken cancellationToken)
    {
        if (Journey.Current is { Past: { } past } journey)
        {
            journey.Past = past + span;
            return;
        }

        await Task.Delay(span, time, cancellationToken);
    }

    /// <summary>What another service's answer says the time is by now.</summary>
    public static void Adopt(DateTimeOffset? answered)
    {
        if (Journey.Current is { Past: { } past } journey && answered > past)
        {
            journey.Past = answered;
        }
    }
}
