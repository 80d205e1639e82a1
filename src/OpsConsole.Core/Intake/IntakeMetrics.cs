using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OpsConsole.Projection;

namespace OpsConsole.Intake;

/// <summary>The conservation law as metrics: received = stored + duplicates + conflicts + quarantined + in flight, on this node since it started.</summary>
public sealed class IntakeMetrics : IDisposable
{
    public const string MeterName = "OpsConsole";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _stored;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _quarantined;
    private readonly Histogram<double> _duration;
    private readonly ConcurrentDictionary<string, long> _settled = new(StringComparer.Ordinal);

    public IntakeMetrics(IntakeQueue queue, FoldPaces paces)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(paces);
        _stored = _meter.CreateCounter<long>("opsconsole.intake.stored", "{fact}", "Facts that were new and are committed");
        _duplicates = _meter.CreateCounter<long>("opsconsole.intake.duplicates", "{fact}", "Facts that had been stored before");
        _conflicts = _meter.CreateCounter<long>("opsconsole.intake.conflicts", "{fact}", "Facts whose identity had been stored with other content");
        _quarantined = _meter.CreateCounter<long>("opsconsole.intake.quarantined", "{fact}", "Facts that could not be read and are kept aside");
        _duration = _meter.CreateHistogram<double>("opsconsole.intake.write.duration", "s", "One transaction of facts");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.received", () => Each(kind => _settled.GetValueOrDefault(kind) + queue.InFlight(kind)), "{fact}", "All facts received");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.in_flight", () => Each(queue.InFlight), "{fact}", "Facts received and not settled yet");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.unfolded", () => Each(kind => paces.Of(kind).Unfolded), "{fact}", "Facts of all nodes that are stored and not folded yet; seen while this node writes");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.queue.size", () => queue.Budget.Taken, "By", "Memory held for bodies that are read or wait");
    }

    public void Dispose() => _meter.Dispose();

    internal void Wrote(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    internal void Settled(IReadOnlyList<Delivery> deliveries)
    {
        foreach (var kind in deliveries.GroupBy(delivery => delivery.Kind))
        {
            var verdicts = kind.SelectMany(delivery => delivery.Readings).CountBy(reading => reading.Verdict).ToDictionary();
            var tag = new KeyValuePair<string, object?>("kind", kind.Key);
            _stored.Add(verdicts.GetValueOrDefault(Verdict.Stored), tag);
            _duplicates.Add(verdicts.GetValueOrDefault(Verdict.Duplicate), tag);
            _conflicts.Add(verdicts.GetValueOrDefault(Verdict.Conflict), tag);
            _quarantined.Add(verdicts.GetValueOrDefault(Verdict.Quarantined), tag);
            _settled.AddOrUpdate(kind.Key, verdicts.Values.Sum(), (_, before) => before + verdicts.Values.Sum());
        }
    }

    private static IEnumerable<Measurement<long>> Each(Func<string, long> of) =>
        FactKind.All.Select(kind => new Measurement<long>(of(kind), new KeyValuePair<string, object?>("kind", kind)));
}
