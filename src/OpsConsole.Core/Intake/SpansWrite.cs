using OpsConsole.Intake.Otlp;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake;

/// <summary>Writes the spans of one transaction and the business objects that they name. A span that is there already is a duplicate.</summary>
internal static class SpansWrite
{
    /// <returns>How many were stored.</returns>
    public static async Task<int> Write(OpsDb db, IReadOnlyList<Portion> portions, Guid batchId, Caution caution, CancellationToken cancellationToken)
    {
        var bodies = portions.Select(portion => portion.Readings.Where(reading => reading.Row is not null).ToList()).Where(body => body.Count > 0).ToList();
        if (bodies.Count == 0)
        {
            return 0;
        }

        var seen = await Known(db, bodies, caution, cancellationToken);
        var stored = new List<SpanRow>(bodies.Sum(body => body.Count));
        var naming = new List<TraceKey>();
        foreach (var reading in bodies.SelectMany(body => body))
        {
            var row = reading.Row!;
            if (seen.Add(row.Key))
            {
                row.BatchId = batchId;
                stored.Add(row);
                naming.AddRange(reading.Keys);
                reading.Verdict = Verdict.Stored;
            }
            else
            {
                reading.Verdict = Verdict.Duplicate;
            }
        }

        stored.Sort(SpanRow.InKeyOrder);
        await db.Dialect.Insert(db, stored, cancellationToken);
        await Name(db, naming, cancellationToken);
        return stored.Count;
    }

    /// <summary>The keys among them that are stored already, as far as it was looked.</summary>
    private static async Task<HashSet<(UInt128 Trace, ulong Span, long Start)>> Known(
        OpsDb db, List<List<Reading>> bodies, Caution caution, CancellationToken cancellationToken)
    {
        if (caution is Caution.FirstOfEachBody)
        {
            var first = await db.Dialect.Known(db, bodies.ConvertAll(body => body[0].Row!), cancellationToken);
            bodies = [.. first.Select(place => bodies[place])];
        }

        List<SpanRow> looked = [.. bodies.SelectMany(body => body).Select(reading => reading.Row!)];
        return [.. (await db.Dialect.Known(db, looked, cancellationToken)).Select(place => looked[place].Key)];
    }

    /// <summary>A failure that any span told stays told, whichever node and order the spans came by.</summary>
    private static async Task Name(OpsDb db, List<TraceKey> naming, CancellationToken cancellationToken)
    {
        var told = naming
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
}
