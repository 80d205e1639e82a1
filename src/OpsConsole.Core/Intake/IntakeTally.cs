using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>What became of the facts of one write, by source and kind.</summary>
internal sealed class IntakeTally
{
    private readonly Dictionary<(Guid Source, string Kind), IntakeCount> _counts = [];
    private readonly Dictionary<(Guid Source, DateTimeOffset Hour), SourceHour> _hours = [];
    private readonly Dictionary<(Guid Source, string Unit, DateTimeOffset At), FeedQuarter> _quarters = [];

    /// <summary>In key order, so that two nodes lock the rows alike.</summary>
    public IReadOnlyList<IntakeCount> Counts => [.. _counts.Values.OrderBy(c => c.SourceId).ThenBy(c => c.Kind, StringComparer.Ordinal)];

    public IReadOnlyList<SourceHour> Hours => [.. _hours.Values.OrderBy(h => h.SourceId).ThenBy(h => h.Hour)];

    public IReadOnlyList<FeedQuarter> Quarters => [.. _quarters.Values.OrderBy(q => q.SourceId).ThenBy(q => q.Unit, StringComparer.Ordinal).ThenBy(q => q.At)];

    public static IntakeTally Of(IReadOnlyList<Portion> portions)
    {
        var tally = new IntakeTally();
        foreach (var portion in portions)
        {
            tally.Add(portion);
        }

        return tally;
    }

    private void Add(Portion portion)
    {
        long Of(Verdict verdict) => portion.Readings.LongCount(reading => reading.Verdict == verdict);

        var (source, kind) = (portion.Delivery.Sender.SourceId, portion.Delivery.Kind);
        var (stored, duplicates, conflicts, quarantined) = (Of(Verdict.Stored), Of(Verdict.Duplicate), Of(Verdict.Conflict), Of(Verdict.Quarantined));
        var so = _counts.GetValueOrDefault((source, kind)) ?? new IntakeCount { SourceId = source, Kind = kind };
        _counts[(source, kind)] = new IntakeCount
        {
            SourceId = source, Kind = kind,
            Stored = so.Stored + stored,
            Duplicates = so.Duplicates + duplicates,
            Conflicts = so.Conflicts + conflicts,
            Quarantined = so.Quarantined + quarantined,
        };

        var at = portion.Delivery.ReceivedAt;
        var hour = new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero);
        var read = portion.Readings.Count - quarantined;
        var until = _hours.GetValueOrDefault((source, hour)) ?? new SourceHour { SourceId = source, Hour = hour, LastAt = at };
        _hours[(source, hour)] = new SourceHour
        {
            SourceId = source, Hour = hour,
            Events = until.Events + (kind == FactKind.Events ? read : 0),
            Spans = until.Spans + (kind == FactKind.Spans ? read : 0),
            Logs = until.Logs + (kind == FactKind.Logs ? read : 0),
            Refused = until.Refused + quarantined,
            NewEvents = until.NewEvents + (kind == FactKind.Events ? stored : 0),
            DelayMs = until.DelayMs + portion.Readings.Where(reading => reading.Verdict is Verdict.Stored).Sum(DelayOf),
            LastAt = until.LastAt > at ? until.LastAt : at,
        };
        foreach (var unit in portion.Readings.Where(reading => reading.Verdict is not Verdict.Quarantined).CountBy(UnitOf, StringComparer.Ordinal))
        {
            Add(source, unit.Key, at, unit.Value);
        }
    }

    private void Add(Guid source, string unit, DateTimeOffset at, int facts)
    {
        var quarter = FeedQuarter.Of(at);
        var until = _quarters.GetValueOrDefault((source, unit, quarter));
        _quarters[(source, unit, quarter)] = new FeedQuarter
        {
            SourceId = source, Unit = unit, At = quarter, Facts = (until?.Facts ?? 0) + facts, LastAt = until?.LastAt > at ? until.LastAt : at,
        };
    }

    private static long DelayOf(Reading reading) => reading.Event is { } e ? Math.Max(0, (long)(e.ReceivedAt - e.Time).TotalMilliseconds) : 0;

    private static string UnitOf(Reading reading) =>
        reading.Event?.BusinessUnit ?? reading.Keys.FirstOrDefault(key => key.Unit is not null)?.Unit ?? Scope.Unassigned;
}

/// <summary>Readings of one delivery that are written together: as a rule all of them.</summary>
internal sealed record Portion(Delivery Delivery, IReadOnlyList<Reading> Readings)
{
    public static IReadOnlyList<Portion> Of(IEnumerable<Delivery> deliveries) => [.. deliveries.Select(delivery => new Portion(delivery, delivery.Readings))];
}
