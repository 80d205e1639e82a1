using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Sends what is due, on every node at once: each target has a lane of its own, so that a slow one holds up no other. Rows that another node holds are skipped, and
/// a hold ends by itself.
/// </summary>
internal sealed class ReplayWorker(LaneParts parts, ILogger<ReplayWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);

    /// <summary>Sends one lot to every target that has something due.</summary>
    /// <returns>True when there may be more to send.</returns>
    public async Task<bool> Look(CancellationToken cancellationToken)
    {
        var targets = await Due(cancellationToken);
        var more = await Task.WhenAll(targets.Select(target => new ReplayLane(parts, target).Run(cancellationToken)));
        return more.Any(one => one);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var target in await Due(stoppingToken))
                {
                    _ = _lanes.GetOrAdd(target.Name, _ => Task.Run(() => RunLane(target, stoppingToken), CancellationToken.None));
                }

                await parts.Bells.Replays.Wait(s_look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.ReplayTurnFailed(failure);
                await parts.Bells.Replays.Wait(s_look, stoppingToken);
            }
        }

        await Task.WhenAll(_lanes.Values);
    }

    /// <summary>The targets that something is due for and that may be sent to now. What a lost node held is due again.</summary>
    private async Task<IReadOnlyList<ReplayTarget>> Due(CancellationToken cancellationToken)
    {
        await using var db = await parts.Databases.CreateDbContextAsync(cancellationToken);
        var now = parts.Clock.GetUtcNow();
        await db.ReplayItems.Where(r => r.State == ReplayState.Sending && r.HeldUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ReplayState.Due).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null), cancellationToken);
        var due = await db.Targets.AsNoTracking().Where(t => db.ReplayItems.Any(r => r.State == ReplayState.Due && r.Target == t.Name && r.DueAt <= now)).ToListAsync(cancellationToken);
        await Unreachable(db, now, cancellationToken);
        return [.. due.Where(target => !target.Disabled && !TargetPace.IsAhead(target, now))];
    }

    // A target that was taken away or switched off gets nothing: what was to go there goes back to its steward.
    private async Task Unreachable(OpsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = await db.ReplayItems.AsNoTracking()
            .Where(r => r.State == ReplayState.Due && r.DueAt <= now && !db.Targets.Any(t => t.Name == r.Target && !t.Disabled))
            .OrderBy(r => r.Number).Take(ReplayRecord.Most).Select(r => new { r.Id, r.Target }).ToListAsync(cancellationToken);
        foreach (var target in left.GroupBy(item => item.Target))
        {
            var gone = new ReplayTarget { Name = target.Key, Url = "" };
            await parts.Record.Write(
                [.. target.Select(item => item.Id)],
                (item, @case, write) => parts.Outcome.Take(new NotSent(new Prepared(item.Id, null, null), $"the target {target.Key} is disabled or not registered"), gone, down: false, item, @case, write),
                cancellationToken);
        }
    }

    private async Task RunLane(ReplayTarget target, CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested && await new ReplayLane(parts, target).Run(stoppingToken) && await Again(target.Name, stoppingToken) is { } fresh)
            {
                target = fresh;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.ReplayTurnFailed(failure);
        }
        finally
        {
            _lanes.TryRemove(target.Name, out _);
        }
    }

    private async Task<ReplayTarget?> Again(string name, CancellationToken cancellationToken)
    {
        await using var db = await parts.Databases.CreateDbContextAsync(cancellationToken);
        var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == name, cancellationToken);
        return target is { Disabled: false } && !TargetPace.IsAhead(target, parts.Clock.GetUtcNow()) ? target : null;
    }
}
