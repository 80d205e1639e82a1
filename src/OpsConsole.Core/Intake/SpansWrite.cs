using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake;

/// <summary>Writes the spans of one transaction and the business objects that they name. A span that is there already is a duplicate.</summary>
internal static class SpansWrite
{
    /// <returns>How many were stored.</returns>
    public static async Task<int> Write(OpsDb db, IReadOnlyList<Portion> portions, Guid batchId, CancellationToken cancellationToken)
    {
        var readings = portions.SelectMany(portion => portion.Readings).Where(reading => reading.Span is not null).ToList();
        if (readings.Count == 0)
        {
            return 0;
        }

        var known = await Known(db, readings, cancellationToken);
        var stored = new List<Span>();
        foreach (var reading in readings)
        {
            var span = reading.Span!;
            if (known.Add(new SpanKey(span.TraceId, span.SpanId, span.StartNanos)))
            {
                span.BatchId = batchId;
                stored.Add(span);
                reading.Verdict = Verdict.Stored;
            }
            else
            {
                reading.Verdict = Verdict.Duplicate;
            }
        }

        stored.Sort(InKeyOrder);
        await db.Dialect.Insert(db, stored, cancellationToken);
        await Name(db, readings, cancellationToken);
        return stored.Count;
    }

    private static async Task<HashSet<SpanKey>> Known(OpsDb db, List<Reading> readings, CancellationToken cancellationToken)
    {
        var traces = readings.Select(r => r.Span!.TraceId).Distinct(ByteKeys.Instance).ToArray();
        var spans = readings.Select(r => r.Span!.SpanId).Distinct(ByteKeys.Instance).ToArray();
        var days = readings.Select(r => r.Span!.Day).Distinct().ToArray();
        var found = await db.Spans
            .Where(s => traces.Contains(s.TraceId) && spans.Contains(s.SpanId) && days.Contains(s.Day))
            .Select(s => new { s.TraceId, s.SpanId, s.StartNanos })
            .ToListAsync(cancellationToken);
        return [.. found.Select(s => new SpanKey(s.TraceId, s.SpanId, s.StartNanos))];
    }

    /// <summary>A failure that any span told stays told, whichever node and order the spans came by.</summary>
    private static async Task Name(OpsDb db, List<Reading> readings, CancellationToken cancellationToken)
    {
        var told = readings
            .Where(reading => reading.Verdict is Verdict.Stored)
            .SelectMany(reading => reading.Keys)
            .GroupBy(key => (key.SpokenKey, Trace: new Guid(key.TraceId)))
            .OrderBy(same => same.Key)
            .ToDictionary(same => same.Key, Merge);
        await db.Dialect.InsertMissing(db, [.. told.Values], cancellationToken);

        var failed = told.Values.Where(key => key.Failed).ToList();
        if (failed.Count > 0)
        {
            var traces = failed.Select(key => key.TraceId).Distinct(ByteKeys.Instance).ToArray();
            var spoken = failed.Select(key => key.SpokenKey).Distinct().ToArray();
            var unaware = await db.TraceKeys.AsNoTracking()
                .Where(k => !k.Failed && traces.Contains(k.TraceId) && spoken.Contains(k.SpokenKey))
                .ToListAsync(cancellationToken);
            await db.Dialect.Upsert(
                db, [.. unaware.Where(k => told.GetValueOrDefault((k.SpokenKey, new Guid(k.TraceId))) is { Failed: true }).Select(k => With(k, k.Unit, failed: true)).OrderBy(k => k.SpokenKey)], cancellationToken);
        }
    }

    private static TraceKey Merge(IEnumerable<TraceKey> same) =>
        With(same.First(), same.Select(key => key.Unit).FirstOrDefault(unit => unit is not null), same.Any(key => key.Failed));

    private static TraceKey With(TraceKey key, string? unit, bool failed) => new()
    {
        SpokenKey = key.SpokenKey, TraceId = key.TraceId, Type = key.Type, Id = key.Id, Unit = unit, Failed = failed,
    };

    private static int InKeyOrder(Span a, Span b) =>
        ByteKeys.Instance.Compare(a.TraceId, b.TraceId) is var byTrace and not 0 ? byTrace
        : ByteKeys.Instance.Compare(a.SpanId, b.SpanId) is var bySpan and not 0 ? bySpan
        : a.StartNanos.CompareTo(b.StartNanos);

    private readonly struct SpanKey(byte[] trace, byte[] span, long start) : IEquatable<SpanKey>
    {
        private readonly (Guid Trace, ulong Span, long Start) _key = (new Guid(trace), BitConverter.ToUInt64(span), start);

        public bool Equals(SpanKey other) => _key.Equals(other._key);

        public override bool Equals(object? obj) => obj is SpanKey other && Equals(other);

        public override int GetHashCode() => _key.GetHashCode();
    }
}
