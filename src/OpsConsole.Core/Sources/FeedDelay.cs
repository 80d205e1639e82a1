namespace OpsConsole.Sources;

/// <summary>That events of a source come long after they happened.</summary>
/// <param name="Now">How long after, in the mean of this hour and the one before.</param>
/// <param name="Usual">The same in the middle one of the week's hours; nothing: its habit is not known yet.</param>
public readonly record struct FeedDelay(TimeSpan Now, TimeSpan? Usual)
{
    /// <summary>From so many hours on its habit is known.</summary>
    public const int FewestHours = 6;

    private const double Much = 4;
    private static readonly TimeSpan s_little = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Pure: the same hours give the same answer. Only what was new counts: who sends everything again is not late.</summary>
    /// <param name="week">What one source sent by the hour of receipt.</param>
    /// <param name="allowed">How much is none as long as its habit is not known.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Nothing: it is in time, or nothing came lately, which is silence and another matter.</returns>
    public static FeedDelay? Judge(IReadOnlyCollection<SourceHour> week, TimeSpan allowed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(week);
        var lately = now - (now.TimeOfDay - TimeSpan.FromHours(now.Hour)) - s_hour;
        var recent = week.Where(hour => hour.Hour >= lately).ToList();
        if (recent.Sum(hour => hour.NewEvents) is not (> 0 and var events))
        {
            return null;
        }

        var behind = Mean(recent.Sum(hour => hour.DelayMs), events);
        var habit = week.Where(hour => hour.Hour < lately && hour.NewEvents > 0).Select(hour => Mean(hour.DelayMs, hour.NewEvents)).Order().ToList();
        TimeSpan? usual = habit.Count < FewestHours ? null : habit[habit.Count / 2];
        var most = usual is { } known ? (known * Much > s_little ? known * Much : s_little) : allowed;
        return behind > most ? new FeedDelay(behind, usual) : null;
    }

    private static TimeSpan Mean(long milliseconds, long events) => TimeSpan.FromMilliseconds((double)milliseconds / events);
}
