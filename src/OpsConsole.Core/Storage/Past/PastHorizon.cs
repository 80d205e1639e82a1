namespace OpsConsole.Storage.Past;

/// <summary>Between which moments the past can be told: not before the console kept it, and not so late that a write that began before could still come.</summary>
public sealed class PastHorizon(IDbContextFactory<OpsDb> databases, TimeProvider clock)
{
    /// <summary>How far back a moment must lie. Writes end within a second or two; one that takes longer than this may be told in parts.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1);
    private Known? _known;

    /// <summary>The latest moment (UTC) that can be told by now.</summary>
    public DateTimeOffset Latest => clock.GetUtcNow() - Settles;

    /// <summary>Why the moment cannot be told; nothing when it can.</summary>
    public async Task<Refusal?> WhyNot(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (at > Latest)
        {
            return Refusal.Invalid("asof", $"must lie at least {Settles.TotalSeconds:0} seconds back, so that what was under way then is settled");
        }

        return await From(cancellationToken) is var from && at < from
            ? Refusal.Invalid("asof", $"must not be before {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: what was known earlier is not kept")
            : null;
    }

    /// <summary>Since when (UTC) the past is kept.</summary>
    public async Task<DateTimeOffset> From(CancellationToken cancellationToken)
    {
        if (_known is { } known && clock.GetUtcNow() - known.LookedAt < s_look)
        {
            return known.From;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var from = await db.Dialect.PastFrom(db, cancellationToken);
        _known = new Known(clock.GetUtcNow(), from);
        return from;
    }

    private sealed record Known(DateTimeOffset LookedAt, DateTimeOffset From);
}
