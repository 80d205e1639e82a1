using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Writes the events of one transaction: those whose identity is new; the others are duplicates or conflicts.</summary>
internal static class EventsWrite
{
    /// <returns>The events that were stored.</returns>
    public static async Task<IReadOnlyList<SyncEvent>> Write(
        OpsDb db, IReadOnlyList<Portion> portions, Func<SyncEvent, Guid> batchOf, IntakeRules.InForce rules, Caution caution, CancellationToken cancellationToken)
    {
        var read = (from portion in portions from reading in portion.Readings where reading.Event is not null select (portion.Delivery, Reading: reading, Event: reading.Event!)).ToList();
        if (read.Count == 0)
        {
            return [];
        }

        var known = await Known(db, portions, caution, cancellationToken);
        var stored = new List<SyncEvent>();
        var conflicts = new List<Conflict>();
        foreach (var (delivery, reading, fact) in read)
        {
            if (!known.TryGetValue(fact.Key, out var content))
            {
                known.Add(fact.Key, fact.Content);
                fact.BatchId = batchOf(fact);
                rules.Apply(fact);
                stored.Add(fact);
                reading.Verdict = Verdict.Stored;
            }
            else if (content.AsSpan().SequenceEqual(fact.Content))
            {
                reading.Verdict = Verdict.Duplicate;
            }
            else
            {
                conflicts.Add(KeptAside(delivery, reading, fact, rules));
                reading.Verdict = Verdict.Conflict;
            }
        }

        // One order everywhere, so that two nodes with the same events wait for each other instead of locking each other out.
        stored.Sort((a, b) => ByteKeys.Instance.Compare(a.Key, b.Key));
        await db.Dialect.Insert(db, stored, cancellationToken);
        await KeepAside(db, conflicts, cancellationToken);
        return stored;
    }

    /// <summary>The identities that are stored already, as far as it was looked, with their contents.</summary>
    private static async Task<Dictionary<byte[], byte[]>> Known(OpsDb db, IReadOnlyList<Portion> portions, Caution caution, CancellationToken cancellationToken)
    {
        var bodies = portions.Select(portion => portion.Readings.Select(reading => reading.Event?.Key).OfType<byte[]>().ToList()).Where(body => body.Count > 0).ToList();
        if (caution is Caution.FirstOfEachBody)
        {
            var first = await Known(db, bodies.Select(body => body[0]), cancellationToken);
            bodies.RemoveAll(body => !first.ContainsKey(body[0]));
        }

        return await Known(db, bodies.SelectMany(body => body), cancellationToken);
    }

    private static async Task<Dictionary<byte[], byte[]>> Known(OpsDb db, IEnumerable<byte[]> looked, CancellationToken cancellationToken)
    {
        var keys = looked.Distinct(ByteKeys.Instance).ToArray();
        return keys.Length == 0
            ? new Dictionary<byte[], byte[]>(ByteKeys.Instance)
            : (await db.Events.Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.Content }).ToListAsync(cancellationToken))
                .ToDictionary(e => e.Key, e => e.Content, ByteKeys.Instance);
    }

    private static Conflict KeptAside(Delivery delivery, Reading reading, SyncEvent fact, IntakeRules.InForce rules) => new()
    {
        Id = Quarantine.KeyOf("conflict", delivery.Sender.SourceId, reading.Bytes.Span),
        EventKey = fact.Key,
        SenderId = delivery.Sender.SourceId,
        EventSource = fact.Source,
        EventId = fact.Id,
        Bytes = rules.Apply(fact) ? fact.Data : reading.Bytes.ToArray(),
        ReceivedAt = delivery.ReceivedAt,
    };

    /// <summary>The same again is counted in its row.</summary>
    private static async Task KeepAside(OpsDb db, List<Conflict> conflicts, CancellationToken cancellationToken)
    {
        if (conflicts.Count == 0)
        {
            return;
        }

        var byId = conflicts.GroupBy(conflict => conflict.Id).ToDictionary(same => same.Key, same => (First: same.First(), Count: same.Count()));
        var ids = byId.Keys.ToArray();
        var known = (await db.Conflicts.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var same in byId.Where(c => known.Contains(c.Key)).GroupBy(c => c.Value.Count, c => c.Key))
        {
            var again = same.ToArray();
            await db.Conflicts.Where(c => again.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Seen, c => c.Seen + same.Key), cancellationToken);
        }

        List<Conflict> added = [.. byId.Where(c => !known.Contains(c.Key)).OrderBy(c => c.Key).Select(c => c.Value.First)];
        added.ForEach(conflict => conflict.Seen = byId[conflict.Id].Count);
        await db.Dialect.Insert(db, added, cancellationToken);
    }
}
