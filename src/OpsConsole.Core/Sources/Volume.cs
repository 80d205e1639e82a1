namespace OpsConsole.Sources;

/// <summary>Whether a sender sends.</summary>
public enum SourceState
{
    /// <summary>Nothing came yet.</summary>
    New,

    /// <summary>Something came lately.</summary>
    Flowing,

    /// <summary>It used to send, and nothing came for a while. Nothing failed is not the same as nothing arrived.</summary>
    Silent,

    Disabled,
}

/// <summary>What a sender's volume tells.</summary>
internal static class Volume
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(15);

    /// <param name="source">The sender.</param>
    /// <param name="lastAt">Its latest receipt within the day.</param>
    /// <param name="busyHours">In how many of the day's full hours it sent. Who sends in few hours is silent only after two.</param>
    /// <param name="feeds">What it sends for each unit, as it was judged: where its habit is known that decides, and a quiet night is no silence.</param>
    /// <param name="now">The present.</param>
    public static SourceState StateOf(Source source, DateTimeOffset? lastAt, int busyHours, IReadOnlyCollection<Feed> feeds, DateTimeOffset now)
    {
        if (source.Disabled)
        {
            return SourceState.Disabled;
        }

        if (feeds.Any(feed => feed.SilentSince is not null))
        {
            return SourceState.Silent;
        }

        if (feeds.Any(feed => feed.Weeks >= FeedHabit.FewestWeeks))
        {
            return SourceState.Flowing;
        }

        if (lastAt is null)
        {
            return now - source.CreatedAt < TimeSpan.FromDays(1) ? SourceState.New : SourceState.Silent;
        }

        return now - lastAt <= (busyHours >= 12 ? s_quiet : TimeSpan.FromHours(2)) ? SourceState.Flowing : SourceState.Silent;
    }

    public static KeyView ToView(this SourceKey key, DateTimeOffset now) => new(
        key.Id, key.Tail, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.RevokedAt is null && (key.ExpiresAt is null || key.ExpiresAt > now))
    {
        UsedAt = key.UsedAt, UsedFrom = key.UsedFrom,
    };
}
