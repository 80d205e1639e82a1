using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>The registered senders with their volume and their keys.</summary>
public sealed record ListSources(Actor Actor) : IRequest<Outcome<IReadOnlyList<SourceView>>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>A sender as people see it.</summary>
/// <param name="Id">For changes.</param>
/// <param name="Name">How people call it.</param>
/// <param name="Scopes">What its keys may be used for.</param>
/// <param name="CloudEventSources">What it may call itself; empty: anything.</param>
/// <param name="Units">Which units it may speak for; empty: any.</param>
/// <param name="Disabled">None of its keys is taken.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="LastAt">Latest receipt; nothing: it never sent, or not within the day.</param>
/// <param name="Hours">Facts in each of the last 24 hours, oldest first, the present one last.</param>
/// <param name="Events">Of these, events.</param>
/// <param name="Spans">Of these, spans.</param>
/// <param name="Logs">Of these, log records.</param>
/// <param name="Refused">Of these, quarantined.</param>
/// <param name="Expected">Facts in an hour, as the median of the hours before in which it sent.</param>
/// <param name="State">Flowing, silent, new or disabled.</param>
/// <param name="Keys">Its keys, newest first.</param>
/// <param name="Priority">Who goes first at the door.</param>
/// <param name="HookSecrets">How many web-hook secrets are alive; none: it sends no web-hooks.</param>
/// <param name="TurnedAway">What was refused at the door within the day, by reason, the most frequent first.</param>
public sealed record SourceView(
    Guid Id, string Name, IReadOnlyList<KeyScopes> Scopes, IReadOnlyList<string> CloudEventSources, IReadOnlyList<string> Units, bool Disabled, DateTimeOffset CreatedAt,
    DateTimeOffset? LastAt, IReadOnlyList<long> Hours, long Events, long Spans, long Logs, long Refused, long Expected, SourceState State, IReadOnlyList<KeyView> Keys,
    Lane Priority, int HookSecrets, IReadOnlyList<TurnedAway> TurnedAway)
{
    /// <summary>The addresses and networks that it may come from; empty: any.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How many requests a second one node takes of it; nothing: as many as there is room for.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The code of the <see cref="Hooks.HookScheme"/> that its web-hooks are signed by.</summary>
    public string HookScheme { get; init; } = "";

    /// <summary>The units for which nothing comes though it should, by the habit of past weeks.</summary>
    public IReadOnlyList<SilentFeed> SilentFeeds { get; init; } = [];

    /// <summary>The units whose habit is known, so that a quiet night is no silence.</summary>
    public int LearntFeeds { get; init; }
}

/// <param name="Unit">Whose facts do not come.</param>
/// <param name="Since">The latest receipt.</param>
/// <param name="Usual">How many facts had come at least in such a time before.</param>
public sealed record SilentFeed(string Unit, DateTimeOffset Since, long Usual);

/// <summary>How often a source was turned away for a <see cref="DoorReason"/>, and when last.</summary>
public sealed record TurnedAway(string Reason, long Count, DateTimeOffset LastAt);

/// <summary>A key as people see it: never the key itself.</summary>
public sealed record KeyView(Guid Id, string Tail, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, bool Alive)
{
    /// <summary>When it was last brought, to the minute; nothing: never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>From where, then.</summary>
    public string? UsedFrom { get; init; }
}

internal sealed class ListSourcesHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ListSources, Outcome<IReadOnlyList<SourceView>>>
{
    private const int HoursShown = 24;

    public async Task<Outcome<IReadOnlyList<SourceView>>> Handle(ListSources request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var thisHour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var since = thisHour.AddHours(1 - HoursShown);
        var sources = (await db.Sources.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancellationToken)).Where(request.Actor.Sees).ToList();
        var keys = (await db.SourceKeys.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(key => key.SourceId);
        var hours = (await db.SourceHours.AsNoTracking().Where(h => h.Hour >= since).ToListAsync(cancellationToken)).ToLookup(hour => hour.SourceId);
        var refusals = (await db.SourceRefusals.AsNoTracking().Where(r => r.Hour >= since).ToListAsync(cancellationToken)).ToLookup(refusal => refusal.SourceId);
        var feeds = (await db.Feeds.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(feed => feed.SourceId);
        return Outcome.Of<IReadOnlyList<SourceView>>([.. sources.Select(source => View(source, [.. hours[source.Id]], keys[source.Id], refusals[source.Id], [.. feeds[source.Id]], thisHour, now))]);
    }

    private static SourceView View(Source source, List<SourceHour> hours, IEnumerable<SourceKey> keys, IEnumerable<SourceRefusal> refusals, List<Feed> feeds, DateTimeOffset thisHour, DateTimeOffset now)
    {
        long At(DateTimeOffset hour) => hours.Where(h => h.Hour == hour).Sum(h => h.Events + h.Spans + h.Logs + h.Refused);

        var volume = Enumerable.Range(0, HoursShown).Select(i => At(thisHour.AddHours(i + 1 - HoursShown))).ToList();
        DateTimeOffset? lastAt = hours.Count == 0 ? null : hours.Max(hour => hour.LastAt);
        var before = volume.SkipLast(1).Where(facts => facts > 0).Order().ToList();
        return new SourceView(
            source.Id, source.Name, [.. Enum.GetValues<KeyScopes>().Where(scope => IsOne(scope) && source.Scopes.HasFlag(scope))], source.CloudEventSources, source.Units,
            source.Disabled, source.CreatedAt, lastAt, volume, hours.Sum(h => h.Events), hours.Sum(h => h.Spans), hours.Sum(h => h.Logs), hours.Sum(h => h.Refused),
            before.Count == 0 ? 0 : before[before.Count / 2], Volume.StateOf(source, lastAt, before.Count, feeds, now),
            [.. keys.OrderByDescending(key => key.CreatedAt).Select(key => key.ToView(now))],
            source.Priority, (source.HookSecret is null ? 0 : 1) + (source.HookSecretBefore is null ? 0 : 1),
            [
                .. refusals.GroupBy(refusal => refusal.Reason)
                    .Select(same => new TurnedAway(same.Key, same.Sum(refusal => refusal.Count), same.Max(refusal => refusal.LastAt))).OrderByDescending(away => away.Count),
            ])
        {
            Addresses = source.Addresses, RequestsPerSecond = source.RequestsPerSecond, HookScheme = source.HookScheme,
            SilentFeeds = [.. feeds.Where(feed => feed.SilentSince is not null).OrderBy(feed => feed.Unit, StringComparer.Ordinal).Select(feed => new SilentFeed(feed.Unit, feed.SilentSince!.Value, feed.Usual))],
            LearntFeeds = feeds.Count(feed => feed.Weeks >= FeedHabit.FewestWeeks),
        };
    }

    private static bool IsOne(KeyScopes scope) => scope is KeyScopes.Traces or KeyScopes.Events or KeyScopes.Snapshots or KeyScopes.Api;
}
