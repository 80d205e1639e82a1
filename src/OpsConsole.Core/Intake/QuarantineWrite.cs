using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Writes what could not be read. The same bytes from one sender stay one row; a stored identity supersedes what was wrong with it before.</summary>
internal static class QuarantineWrite
{
    public static async Task Write(OpsDb db, IReadOnlyList<Portion> portions, CancellationToken cancellationToken)
    {
        var refused = portions.SelectMany(portion => portion.Readings).Where(reading => reading.Refused is not null).ToList();
        if (refused.Count == 0)
        {
            return;
        }

        refused.ForEach(reading => reading.Verdict = Verdict.Quarantined);
        var byId = refused.GroupBy(r => r.Refused!.Id).ToDictionary(same => same.Key, same => (First: same.First().Refused!, Count: same.Count()));
        var ids = byId.Keys.ToArray();
        var known = (await db.Quarantine.Where(q => ids.Contains(q.Id)).Select(q => q.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var same in byId.Where(q => known.Contains(q.Key)).GroupBy(q => q.Value.Count, q => q.Key))
        {
            var again = same.ToArray();
            await db.Quarantine.Where(q => again.Contains(q.Id)).ExecuteUpdateAsync(set => set.SetProperty(q => q.Seen, q => q.Seen + same.Key), cancellationToken);
        }

        List<Quarantined> added = [.. byId.Where(q => !known.Contains(q.Key)).OrderBy(q => q.Key).Select(q => q.Value.First)];
        added.ForEach(row => row.Seen = byId[row.Id].Count);
        await db.Dialect.Insert(db, added, cancellationToken);
    }

    /// <summary>Correct facts with these identities were stored.</summary>
    public static async Task Supersede(OpsDb db, IReadOnlyList<byte[]> stored, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (stored.Count == 0 || !await db.Quarantine.AnyAsync(q => q.State == QuarantineState.Open && q.EventKey != null, cancellationToken))
        {
            return;
        }

        var keys = stored.ToArray();
        await db.Quarantine
            .Where(q => q.State == QuarantineState.Open && q.EventKey != null && keys.Contains(q.EventKey))
            .ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuarantineState.Superseded).SetProperty(q => q.SettledAt, at), cancellationToken);
    }
}
