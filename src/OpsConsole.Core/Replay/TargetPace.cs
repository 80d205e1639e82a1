using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>A stretch of a target's rate that one node may use.</summary>
/// <param name="From">When the first may go.</param>
/// <param name="Apart">How far apart they go; zero: without a rate.</param>
internal readonly record struct Slot(DateTimeOffset From, TimeSpan Apart)
{
    /// <summary>When the one at this place may go.</summary>
    public DateTimeOffset Of(int place) => From + (Apart * place);
}

/// <summary>
/// The rate of a target over all nodes: whoever wants to send takes a stretch of time for it in the target's row (<see cref="ReplayTarget.NextAt"/>). The same mark
/// holds everybody back while the target has asked to be left alone.
/// </summary>
internal static class TargetPace
{
    private const int Lot = 256;

    /// <summary>How many may be taken at once: what a second takes at most, so that a node that dies wastes little; one alone to try whether the target is back.</summary>
    public static int Most(ReplayTarget target, DateTimeOffset now) =>
        Breaker.IsHalfOpen(target, now) ? 1 : target.RatePerSecond is { } rate ? Math.Clamp((int)rate, 1, Lot) : Lot;

    /// <summary>It is not to be sent to yet.</summary>
    public static bool IsAhead(ReplayTarget target, DateTimeOffset now) => target.NextAt > now + (target.RatePerSecond is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(500));

    /// <summary>Takes the time for so many sends, in the caller's transaction; nothing when somebody else was faster.</summary>
    public static async Task<Slot?> Take(OpsDb db, ReplayTarget target, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (target.RatePerSecond is not { } rate)
        {
            return new Slot(now, TimeSpan.Zero);
        }

        var slot = new Slot(target.NextAt is { } next && next > now ? next : now, TimeSpan.FromSeconds((double)(1 / rate)));
        var until = slot.Of(count);
        var taken = await db.Targets.Where(t => t.Name == target.Name && t.NextAt == target.NextAt).ExecuteUpdateAsync(set => set.SetProperty(t => t.NextAt, until), cancellationToken);
        return taken == 1 ? slot : null;
    }
}
