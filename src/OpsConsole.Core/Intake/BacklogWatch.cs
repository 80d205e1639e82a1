using System.Data.Common;
using Microsoft.Extensions.Hosting;
using OpsConsole.Projection;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>
/// Sees twice a second how much waits to be folded, whichever node wrote it and whichever node folds; only while something does. A small
/// index holds just that.
/// </summary>
internal sealed class BacklogWatch(IDbContextFactory<OpsDb> databases, FoldPaces paces, TimeProvider clock, ILogger<BacklogWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_kinds = [FactKind.Events, FactKind.Spans];

    /// <summary>Looks once.</summary>
    internal async Task Look(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null)
            .GroupBy(batch => batch.Kind)
            .Select(kind => new { kind.Key, Facts = kind.Sum(batch => (long)batch.Facts), Oldest = kind.Min(batch => batch.ReceivedAt) })
            .ToListAsync(cancellationToken);
        foreach (var kind in s_kinds)
        {
            var seen = waiting.Find(one => one.Key == kind);
            paces.Of(kind).Seen(seen?.Facts ?? 0, seen?.Oldest);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_between, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (s_kinds.Any(kind => paces.Of(kind).Unfolded > 0))
                {
                    await TryLook(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <summary>What was seen last stays in force.</summary>
    private async Task TryLook(CancellationToken cancellationToken)
    {
        try
        {
            await Look(cancellationToken);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
        {
            log.BacklogUnseen(failure);
        }
    }
}
