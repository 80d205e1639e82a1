using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>How far a bulk is: how many of its items are where, and what they are worth.</summary>
/// <param name="Pending">Their turn has not come.</param>
/// <param name="OnTheWay">Due or being sent.</param>
/// <param name="Parked">Their target is down.</param>
/// <param name="Waiting">Wait for another exception to end.</param>
/// <param name="Unproven">Delivered; proof is awaited.</param>
/// <param name="Proven">Over, and proven.</param>
/// <param name="Failed">Refused by the target, or not proven in time.</param>
/// <param name="Skipped">Not sent, each with its reason.</param>
/// <param name="Left">Not sent, because the bulk was cancelled before, or they were taken back.</param>
public sealed record BulkProgress(int Pending, int OnTheWay, int Parked, int Waiting, int Unproven, int Proven, int Failed, int Skipped, int Left)
{
    public static readonly BulkProgress None = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>What is proven is worth this in the reporting currency.</summary>
    public decimal ProvenWorth { get; init; }

    /// <summary>Of those unproven: delivered so lately that the next wave waits for them.</summary>
    public int Fresh { get; init; }

    /// <summary>Of those unproven: their target cannot be asked, took them, and nothing has contradicted it for <see cref="BulkRamp.Quiet"/>.</summary>
    public int Quiet { get; init; }

    /// <summary>Ready, but by the preview alone: of those pending.</summary>
    public int PendingReady { get; init; }

    /// <summary>Was sent and is not over.</summary>
    public int Outstanding => OnTheWay + Parked + Waiting + Unproven;

    /// <summary>Was sent and has an outcome.</summary>
    public int Ended => Proven + Failed;

    /// <summary>Counts when the share that failed is reckoned: has an outcome, or all of one that can be seen by now.</summary>
    public int Counted => Ended + Quiet;

    /// <summary>What can become a new selection.</summary>
    public int LeftOver => Failed + Skipped + Left;

    /// <param name="db">The database.</param>
    /// <param name="bulkId">The bulk.</param>
    /// <param name="now">What was delivered shortly before counts as fresh.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<BulkProgress> Read(OpsDb db, Guid bulkId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await Read(db, [bulkId], now, cancellationToken)).GetValueOrDefault(bulkId, None);

    /// <summary>The same for several in one question; one without items is left out.</summary>
    public static async Task<Dictionary<Guid, BulkProgress>> Read(OpsDb db, IReadOnlyCollection<Guid> bulks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (patience, quiet) = (now - BulkRamp.Patience, now - BulkRamp.Quiet);
        var parts = await (
            from item in db.BulkItems.AsNoTracking()
            where bulks.Contains(item.BulkId)
            join replay in db.ReplayItems.AsNoTracking() on item.ReplayId equals (Guid?)replay.Id into replays
            from replay in replays.DefaultIfEmpty()
            join target in db.Targets.AsNoTracking() on replay.Target equals target.Name into targets
            from target in targets.DefaultIfEmpty()
            let silent = target.ReadBackUrl == null
            group new { item.Worth, Fresh = replay.DeliveredAt > (silent ? quiet : patience), Quiet = silent && replay.DeliveredAt <= quiet }
                by new { item.BulkId, item.State, item.Verdict, Replay = (ReplayState?)replay.State } into part
            select new Part(
                part.Key.BulkId, part.Key.State, part.Key.Verdict, part.Key.Replay,
                part.Count(), part.Count(one => one.Fresh), part.Count(one => one.Quiet), part.Sum(one => one.Worth) ?? 0)).ToListAsync(cancellationToken);
        return parts.GroupBy(part => part.BulkId).ToDictionary(bulk => bulk.Key, bulk => Add([.. bulk]));
    }

    private static BulkProgress Add(List<Part> parts)
    {
        int Of(BulkItemState state) => parts.Where(part => part.State == state).Sum(part => part.Count);
        int Sent(params ReplayState[] states) => parts.Where(part => part.Replay is { } replay && states.Contains(replay)).Sum(part => part.Count);
        return new BulkProgress(
            Of(BulkItemState.Pending), Sent(ReplayState.Due, ReplayState.Sending), Sent(ReplayState.Parked), Sent(ReplayState.Waiting), Sent(ReplayState.Delivered),
            Sent(ReplayState.Proven), Sent(ReplayState.Failed, ReplayState.Disproven), Of(BulkItemState.Skipped), Of(BulkItemState.Left) + Sent(ReplayState.Cancelled))
        {
            ProvenWorth = parts.Where(part => part.Replay is ReplayState.Proven).Sum(part => part.Worth),
            Fresh = parts.Where(part => part.Replay is ReplayState.Delivered).Sum(part => part.Fresh),
            Quiet = parts.Where(part => part.Replay is ReplayState.Delivered).Sum(part => part.Quiet),
            PendingReady = parts.Where(part => part is { State: BulkItemState.Pending, Verdict: BulkVerdict.Ready }).Sum(part => part.Count),
        };
    }

    private sealed record Part(Guid BulkId, BulkItemState State, BulkVerdict Verdict, ReplayState? Replay, int Count, int Fresh, int Quiet, decimal Worth);
}
