using OpsConsole.Cases;

namespace OpsConsole.Routing;

/// <summary>The levels of escalation against one exception. Pure.</summary>
internal static class Ladder
{
    /// <summary>When the first level that concerns it is reached, whether it was taken or not; nothing where none concerns it.</summary>
    public static DateTimeOffset? First(IReadOnlyList<EscalationLevel> levels, string? queue, ExceptionCase @case, SlaClock clock) =>
        Reached(levels, queue, @case, clock).Select(level => (DateTimeOffset?)level.At).Min();

    /// <summary>Each level that concerns it, with the moment at which it is reached, earliest first.</summary>
    public static IEnumerable<(EscalationLevel Level, DateTimeOffset At)> Reached(IReadOnlyList<EscalationLevel> levels, string? queue, ExceptionCase @case, SlaClock clock) =>
        from level in levels
        where level.Concerns(queue, @case.Unit, @case.ReportingAmount)
        let at = clock.At(1 - (level.LeftPercent / 100.0))
        orderby at, level.Ordinal
        select (level, at);
}
