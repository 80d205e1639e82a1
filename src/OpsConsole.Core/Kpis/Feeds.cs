using OpsConsole.Sources;
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
            select new { source.Id, source.Name, Last = last!.Value }).ToListAsync(cancellationToken);
        var feeds = (await db.Feeds.AsNoTracking().Where(feed => feed.SilentSince != null || feed.Weeks >= FeedHabit.FewestWeeks).ToListAsync(cancellationToken)).ToLookup(feed => feed.SourceId);
        var waiting = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null && batch.Kind == "events")
            .GroupBy(batch => 1).Select(all => new { Facts = all.Sum(batch => batch.Facts), Since = all.Min(batch => batch.ReceivedAt) }).SingleOrDefaultAsync(cancellationToken);
        var hours = (await db.SourceHours.AsNoTracking().Where(hour => hour.Hour >= week && hour.NewEvents > 0).ToListAsync(cancellationToken)).ToLookup(hour => hour.SourceId);
        return new Freshness(
            waiting?.Since ?? now,
            waiting?.Facts ?? 0,
            sources.Count,
            [.. sources.SelectMany(source => Silent(source.Name, source.Last, [.. feeds[source.Id]], silentSince))])
        {
            Late =
            [
                .. from source in sources
                   let delay = FeedDelay.Judge([.. hours[source.Id]], TimeSpan.FromMinutes(options.LateAfterMinutes), now)
                   where delay is not null
                   select new LateSource(source.Name, delay.Value.Now, delay.Value.Usual),
            ],
        };
    }

    /// <summary>What the watch found silent, by unit. A source whose habit is not known yet is silent after the time that is set; one whose habit is known may be quiet when it always is.</summary>
    private static IEnumerable<SilentSource> Silent(string name, DateTimeOffset last, IReadOnlyList<Feed> feeds, DateTimeOffset silentSince) =>
        feeds.Count == 0
            ? last < silentSince ? [new SilentSource(name, last)] : []
            : feeds.Where(feed => feed.SilentSince is not null).OrderBy(feed => feed.Unit, StringComparer.Ordinal)
                .Select(feed => new SilentSource(feed.Unit == Scope.Unassigned ? name : $"{name} for {feed.Unit}", feed.SilentSince!.Value));
}
