using OpsConsole.Access;
using OpsConsole.Calendars;
using OpsConsole.Cases.Types;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// A feed that falls silent is an exception too: raises a signal for each source and unit from which nothing came when it always does
/// (<see cref="FeedHabit"/>), tells support at once, and ends it when facts come again. Each feed is judged once in a quarter of an hour.
/// </summary>
public sealed class SilenceWatch(IDbContextFactory<OpsDb> databases, WorkSignals bells, TimeProvider clock, ILogger<SilenceWatch> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(30), log)
{
    private const int Most = 50;
    private static readonly TimeSpan s_quarter = TimeSpan.FromMinutes(FeedQuarter.Minutes);
    private DateTimeOffset _sweptAt;

    protected override string LeaseName => "silence";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        var (judged, silent, ended) = await InTransaction(epoch, db => Watch(db, cancellationToken), cancellationToken);
        if (silent + ended > 0)
        {
            bells.Signals.Ring();
            bells.Notices.Ring();
            log.SilenceWatched(silent, ended);
        }

        if (clock.GetUtcNow() - _sweptAt > TimeSpan.FromHours(1))
        {
            _sweptAt = clock.GetUtcNow();
            var before = _sweptAt - FeedHabit.Memory - TimeSpan.FromDays(1);
            await InTransaction(epoch, db => db.FeedQuarters.Where(quarter => quarter.At < before).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }

        return judged == Most;
    }

    private async Task<(int Judged, int Silent, int Ended)> Watch(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - FeedHabit.Memory;
        var sources = await db.Sources.AsNoTracking().Where(source => !source.Disabled).ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken);
        var lasts = (await db.FeedQuarters.AsNoTracking().Where(quarter => quarter.At >= since).GroupBy(quarter => new { quarter.SourceId, quarter.Unit })
            .Select(feed => new { feed.Key.SourceId, feed.Key.Unit, LastAt = feed.Max(quarter => quarter.LastAt) }).ToListAsync(cancellationToken)).FindAll(feed => sources.ContainsKey(feed.SourceId));
        var feeds = await db.Feeds.ToDictionaryAsync(feed => (feed.SourceId, feed.Unit), cancellationToken);
        var ended = await End(db, [.. feeds.Values.Where(feed => feed.SilentSince is not null)], lasts.ToDictionary(feed => (feed.SourceId, feed.Unit), feed => feed.LastAt), sources, cancellationToken);

        var quarter = FeedQuarter.Of(now);
        var due = lasts.FindAll(last => now - last.LastAt >= s_quarter && feeds.GetValueOrDefault((last.SourceId, last.Unit)) is not { SilentSince: not null } && Judged(last.SourceId, last.Unit) < quarter);
        var calendars = await CalendarBook.Read(db, cancellationToken);
        var silent = new List<(Feed Feed, string Source)>();
        foreach (var last in due.Take(Most))
        {
            var history = await db.FeedQuarters.AsNoTracking().Where(one => one.SourceId == last.SourceId && one.Unit == last.Unit && one.At >= since).ToListAsync(cancellationToken);
            var verdict = FeedHabit.Judge(history, calendars.Find(CalendarBook.OfUnit, last.Unit), last.LastAt, now);
            var feed = feeds.GetValueOrDefault((last.SourceId, last.Unit)) ?? db.Feeds.Add(new Feed { SourceId = last.SourceId, Unit = last.Unit, LastAt = last.LastAt, JudgedAt = quarter }).Entity;
            (feed.LastAt, feed.JudgedAt, feed.Usual) = (last.LastAt, quarter, verdict.Usual);
            feed.Weeks = verdict.Weeks > 0 ? verdict.Weeks : feed.Weeks;
            if (verdict.Silent)
            {
                feed.SilentSince = last.LastAt;
                silent.Add((feed, sources[last.SourceId]));
            }
        }

        await Raise(db, silent, now, cancellationToken);
        return (Math.Min(due.Count, Most), silent.Count, ended);

        DateTimeOffset Judged(Guid source, string unit) => feeds.GetValueOrDefault((source, unit))?.JudgedAt ?? DateTimeOffset.MinValue;
    }

    private static async Task Raise(OpsDb db, List<(Feed Feed, string Source)> silent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = silent.ConvertAll(one => Id(one.Source, one.Feed.Unit));
        var before = ids.Count == 0 ? [] : await db.Signals.AsNoTracking().Where(signal => ids.Contains(signal.Id)).ToDictionaryAsync(signal => signal.Id, cancellationToken);
        var raised = silent.ConvertAll(one => Signal(one.Feed, one.Source, before.GetValueOrDefault(Id(one.Source, one.Feed.Unit)), now));
        await db.Dialect.Upsert(db, [.. raised.OrderBy(signal => signal.Id)], cancellationToken);
        foreach (var (feed, source) in silent)
        {
            db.Notices.AddRange(new[] { Role.Support, Role.Administrator }.Select(role => Notice(feed, source, Notify.Notice.ToRole(role), now)));
        }

        if (silent.Count > 0)
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        }
    }

    private async Task<int> End(
        OpsDb db, IReadOnlyList<Feed> silent, Dictionary<(Guid, string), DateTimeOffset> lasts, Dictionary<Guid, string> sources, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = 0;
        foreach (var feed in silent)
        {
            var off = !sources.ContainsKey(feed.SourceId);
            if (!off && !(lasts.GetValueOrDefault((feed.SourceId, feed.Unit)) > feed.SilentSince))
            {
                continue;
            }

            var name = off ? await db.Sources.Where(source => source.Id == feed.SourceId).Select(source => source.Name).SingleOrDefaultAsync(cancellationToken) ?? "" : sources[feed.SourceId];
            var (id, at) = (Id(name, feed.Unit), off ? now : await Back(db, feed, cancellationToken));
            await db.Signals.Where(signal => signal.Id == id && signal.Open).ExecuteUpdateAsync(
                set => set.SetProperty(signal => signal.Open, false).SetProperty(signal => signal.EndedAt, at).SetProperty(signal => signal.ErrorCode, off ? FeedSilent.SwitchedOff : null)
                    .SetProperty(signal => signal.Changed, true).SetProperty(signal => signal.Version, signal => signal.Version + 1),
                cancellationToken);
            (feed.SilentSince, feed.Usual) = (null, 0);
            ended++;
        }

        if (ended > 0)
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        }

        return ended;
    }

    /// <summary>The first quarter in which something came again, told by its latest receipt.</summary>
    private static async Task<DateTimeOffset?> Back(OpsDb db, Feed feed, CancellationToken cancellationToken) =>
        await db.FeedQuarters.AsNoTracking().Where(quarter => quarter.SourceId == feed.SourceId && quarter.Unit == feed.Unit && quarter.LastAt > feed.SilentSince).MinAsync(quarter => (DateTimeOffset?)quarter.LastAt, cancellationToken);

    private static Guid Id(string source, string unit) => ExceptionSignal.OfMissing("feeds", FeedSilent.Thing, Named(source, unit), "new-facts");

    private static string Named(string source, string unit) => $"{source}/{unit}";

    private static string Label(string source, string unit) => unit == Scope.Unassigned ? SystemNames.Of(source) : $"{SystemNames.Of(source)} for {unit}";

    private static ExceptionSignal Signal(Feed feed, string source, ExceptionSignal? before, DateTimeOffset now) => new()
    {
        Id = Id(source, feed.Unit),
        Kind = SignalKind.Missing,
        ObjectKey = Ids.OfObject(FeedSilent.Thing, Named(source, feed.Unit)),
        ObjectType = FeedSilent.Thing,
        ObjectId = Named(source, feed.Unit),
        ObjectLabel = Label(source, feed.Unit),
        System = source,
        Operation = "new-facts",
        Spells = (before?.Spells ?? 0) + 1,
        Open = true,
        FailedAt = feed.LastAt,
        ReceivedAt = now,
        ErrorMessage = $"in the same hours of {feed.Weeks} weeks before, {feed.Usual} facts or more had come",
        Unit = feed.Unit,
        Version = (before?.Version ?? 0) + 1,
        Changed = true,
    };

    private static Notice Notice(Feed feed, string source, string recipient, DateTimeOffset now) => new()
    {
        Id = Ids.Key(["silence", source, feed.Unit, feed.LastAt.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), recipient]),
        Recipient = recipient, Unit = feed.Unit == Scope.Unassigned ? null : feed.Unit, Kind = NoticeKinds.Silence, Cause = $"feed/{source}", Subject = Id(source, feed.Unit), At = now, Urgent = true,
        Text = $"Nothing arrives from {Label(source, feed.Unit)} any more; {feed.Usual} facts usually had by now", Several = $"feeds of {SystemNames.Of(source)} are silent", Link = $"/sources/{Uri.EscapeDataString(source)}",
    };
}
