namespace OpsConsole.Replay.Bulks;

/// <summary>How many items of a bulk may be ordered now. Pure: the same bulk and progress give the same answer.</summary>
internal static class BulkRamp
{
    /// <summary>Written in one transaction at most.</summary>
    public const int Lot = 400;

    /// <summary>So many may be on their way at once after the ramp: enough to keep targets busy, few enough that a pause is soon felt.</summary>
    public const int Window = 1_200;

    /// <summary>What was delivered longer ago than this and is neither proven nor back does not hold up the next wave.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same where the target cannot be asked: only a later event proves it, whenever that comes, so nothing but a failure anew can be waited for. A target that took it and
    /// stayed quiet this long has it as far as anybody can see.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>More has failed than the bulk allows, since it was started or gone on with.</summary>
    public static bool MustStop(Bulk bulk, BulkProgress progress)
    {
        var (ended, failed) = (progress.Counted - bulk.EndedBefore, progress.Failed - bulk.FailedBefore);
        return failed > 0 && failed > bulk.StopAbove * ended;
    }

    /// <summary>How many may follow, and in which wave that is.</summary>
    public static (int Count, int Wave) Next(Bulk bulk, BulkProgress progress, DateTimeOffset now)
    {
        var waves = bulk.Waves;
        var begun = progress.Outstanding + progress.Ended + progress.Skipped + progress.Left;
        var wave = bulk.Wave;
        while (wave < waves.Count)
        {
            var room = waves.Take(wave + 1).Sum() - begun;
            if (room > 0)
            {
                return (Within(bulk, Math.Min(room, Lot), now), wave);
            }

            if (progress.OnTheWay + progress.Parked + progress.Fresh > 0)
            {
                return (0, wave);
            }

            wave++;
        }

        // In whole lots: whatever has just ended would else be followed by a transaction of its own.
        var free = Window - progress.OnTheWay - progress.Parked;
        return (free < Lot ? 0 : Within(bulk, Lot, now), wave);
    }

    private static int Within(Bulk bulk, int count, DateTimeOffset now) =>
        bulk.RatePerSecond is not { } rate ? Math.Max(0, count)
        : bulk.NextAt > now ? 0
        : Math.Clamp(count, 0, Math.Max(1, (int)(rate / 4)));
}
