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
    private long _events;
    private long _spans;

    public IntakeMetrics(IntakeQueue queue, FoldPaces paces)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(paces);
        _stored = _meter.CreateCounter<long>("opsconsole.intake.stored", "{fact}", "Facts that were new and are committed");
        _duplicates = _meter.CreateCounter<long>("opsconsole.intake.duplicates", "{fact}", "Facts that had been stored before");
        _conflicts = _meter.CreateCounter<long>("opsconsole.intake.conflicts", "{fact}", "Facts whose identity had been stored with other content");
        _quarantined = _meter.CreateCounter<long>("opsconsole.intake.quarantined", "{fact}", "Facts that could not be read and are kept aside");
        _duration = _meter.CreateHistogram<double>("opsconsole.intake.write.duration", "s", "One transaction of facts");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.received", () => Both(kind => Settled(kind) + queue.InFlight(kind)), "{fact}", "All facts received");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.in_flight", () => Both(queue.InFlight), "{fact}", "Facts received and not settled yet");
        _meter.CreateObservableUpDownCounter("opsconsole.intake.unfolded", () => Both(kind => paces.Of(kind).Unfolded), "{fact}", "Facts of all nodes that are stored and not folded yet; seen while this node writes");
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
            Interlocked.Add(ref kind.Key == FactKind.Events ? ref _events : ref _spans, verdicts.Values.Sum());
        }
    }

    private long Settled(string kind) => Interlocked.Read(ref kind == FactKind.Events ? ref _events : ref _spans);

    private static Measurement<long>[] Both(Func<string, long> of) =>
        [new(of(FactKind.Events), new KeyValuePair<string, object?>("kind", FactKind.Events)), new(of(FactKind.Spans), new KeyValuePair<string, object?>("kind", FactKind.Spans))];
}
