using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Whether everything has arrived that the numbers suppose. "Nothing failed" must not be read where "nothing arrived" is true.</summary>
internal static class Feeds
{
    public static async Task<Freshness> Read(OpsDb db, KpiOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var week = now.AddDays(-7);
        var silentSince = now.AddMinutes(-options.SilentAfterMinutes);
        var sources = await (
            from source in db.Sources.AsNoTracking()
            where !source.Disabled
            let last = db.SourceHours.Where(hour => hour.SourceId == source.Id && hour.Hour >= week).Max(hour => (DateTimeOffset?)hour.LastAt)
            where last != null
            orderby source.Name
            select new { source.Name, Last = last!.Value }).ToListAsync(cancellationToken);
        var waiting = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null && batch.Kind == "events")
            .GroupBy(batch => 1).Select(all => new { Facts = all.Sum(batch => batch.Facts), Since = all.Min(batch => batch.ReceivedAt) }).FirstOrDefaultAsync(cancellationToken);
        return new Freshness(
            waiting?.Since ?? now,
            waiting?.Facts ?? 0,
            sources.Count,
            [.. sources.Where(source => source.Last < silentSince).Select(source => new SilentSource(source.Name, source.Last))]);
    }
}
