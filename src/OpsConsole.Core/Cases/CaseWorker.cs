using Microsoft.Extensions.Options;
using OpsConsole.Cases.Team;
using OpsConsole.Events;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// Takes what the facts say (signals that changed) into the exceptions that people see, hundreds at a time, through the same door as people.
/// The exceptions' versions are checked by the write: when a person was faster, the whole lot is read again.
/// </summary>
public sealed class CaseWorker(
    IDbContextFactory<OpsDb> databases, WorkSignals bells, IOptions<ReportingOptions> reporting, TimeProvider clock, ILogger<CaseWorker> log)
    : LeasedWorker(databases, bells.Signals, TimeSpan.FromMilliseconds(500), log)
{
    private const int Most = 1_000;
    private DateTimeOffset? _valuedAt;
    private DateTimeOffset? _placedAt;

    protected override string LeaseName => "cases";

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        try
        {
            var taken = await InTransaction(epoch, db => Take(db, cancellationToken), cancellationToken);
            var (valued, set) = await InTransaction(epoch, db => Revalue(db, cancellationToken), cancellationToken);
            _valuedAt = set;
            (var placed, _placedAt) = await InTransaction(epoch, db => CauseMoves.Again(db, _placedAt, cancellationToken), cancellationToken);
            if (taken > 0 || valued > 0 || placed > 0)
            {
                bells.Routing.Ring();
                bells.Replays.Ring();
                bells.Changes.Ring();
            }

            return taken == Most;
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
    }

    private async Task<int> Take(OpsDb db, CancellationToken cancellationToken)
    {
        var signals = await db.Signals.AsNoTracking().Where(s => s.Changed).OrderBy(s => s.ReceivedAt).Take(Most).ToListAsync(cancellationToken);
        if (signals.Count == 0)
        {
            return 0;
        }

        var ids = signals.ConvertAll(signal => signal.Id);
        var known = await db.Cases.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var fixes = await LastFixes(db, known.Values, cancellationToken);
        var outdated = await Outdated(db, signals, known, cancellationToken);
        var follow = await Follower(db, cancellationToken);
        var found = new List<ExceptionCase>();
        var steps = new List<CaseStep>();
        foreach (var signal in signals)
        {
            if (known.TryGetValue(signal.Id, out var @case))
            {
                steps.AddRange(follow.Follow(@case, signal, fixes.GetValueOrDefault(signal.Id), outdated.Contains(signal.Id)));
            }
            else if (!signal.Gone)
            {
                var (made, first) = follow.Find(signal);
                found.Add(made);
                steps.AddRange(first);
            }
        }

        await Write(db, found, known.Values, steps, cancellationToken);
        await Clear(db, signals, cancellationToken);
        log.SignalsTaken(signals.Count, found.Count, steps.Count - found.Count);
        return signals.Count;
    }

    private async Task<CaseFollow> Follower(OpsDb db, CancellationToken cancellationToken) =>
        new(await RateTable.Read(db, reporting.Value.Currency, cancellationToken), await CauseMap.Read(db, cancellationToken), clock.GetUtcNow());

    private async Task Write(
        OpsDb db, List<ExceptionCase> found, IReadOnlyCollection<ExceptionCase> followed, List<CaseStep> steps, CancellationToken cancellationToken)
    {
        await db.Dialect.Insert(db, [.. found.OrderBy(c => c.Id)], cancellationToken);
        var known = followed.ToDictionary(c => c.Id);
        await PersonalNotices.Tell(db, [.. from step in steps where known.ContainsKey(step.CaseId) select (known[step.CaseId], step)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, [.. steps.OrderBy(s => s.CaseId).ThenBy(s => s.Version)], cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of([.. found, .. followed], clock.GetUtcNow()), cancellationToken);
    }

    // A signal that changed again meanwhile has another version and stays marked.
    private static async Task Clear(OpsDb db, List<ExceptionSignal> signals, CancellationToken cancellationToken)
    {
        foreach (var version in signals.GroupBy(signal => signal.Version))
        {
            var ids = version.Select(signal => signal.Id).ToList();
            await db.Signals.Where(s => s.Version == version.Key && ids.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Changed, false), cancellationToken);
        }
    }

    /// <summary>Whose repair was made of another message than the one that has failed now: sent, it would bring back what has changed since. A failure without a message changes nothing.</summary>
    private static async Task<HashSet<Guid>> Outdated(OpsDb db, List<ExceptionSignal> signals, Dictionary<Guid, ExceptionCase> known, CancellationToken cancellationToken)
    {
        var repaired = new List<(Guid Id, byte[] Before, byte[] Now)>();
        foreach (var signal in signals)
        {
            if (known.TryGetValue(signal.Id, out var @case) && @case is { PayloadVersion: > 0, FailureKey: { } before } && signal is { HasPayload: true, FailureKey: { } now } && !before.AsSpan().SequenceEqual(now))
            {
                repaired.Add((signal.Id, before, now));
            }
        }

        if (repaired.Count == 0)
        {
            return [];
        }

        var keys = repaired.SelectMany(one => new[] { one.Before, one.Now }).ToList();
        var said = await db.Events.AsNoTracking().Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.Data }).ToDictionaryAsync(e => e.Key, e => e.Data, ByteKeys.Instance, cancellationToken);
        return [.. repaired.Where(one => !FailedMessage.Same(said.GetValueOrDefault(one.Before), said.GetValueOrDefault(one.Now))).Select(one => one.Id)];
    }

    /// <summary>For those that ended: the last thing that a person did to them before.</summary>
    private static async Task<Dictionary<Guid, string>> LastFixes(OpsDb db, IEnumerable<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var ended = cases.Where(c => CaseFlow.IsEnded(c.State)).Select(c => c.Id).ToList();
        if (ended.Count == 0)
        {
            return [];
        }

        CaseAction[] fixes = [CaseAction.Submit, CaseAction.Replay, CaseAction.Repair, CaseAction.Dismiss];
        var steps = await db.CaseSteps.AsNoTracking().Where(s => ended.Contains(s.CaseId) && s.Human && fixes.Contains(s.Action)).ToListAsync(cancellationToken);
        return steps.GroupBy(s => s.CaseId).ToDictionary(
            group => group.Key,
            group => group.MaxBy(s => s.Version) is { } last ? $"{CaseWords.Code(last.Action)} by {last.ActorName} on {last.At:yyyy-MM-dd}" : "");
    }

    /// <summary>Converts amounts at risk anew when rates were set since the last look, and once after the start.</summary>
    private async Task<(int Count, DateTimeOffset Set)> Revalue(OpsDb db, CancellationToken cancellationToken)
    {
        var set = await db.Rates.MaxAsync(r => (DateTimeOffset?)r.SetAt, cancellationToken) ?? DateTimeOffset.MinValue;
        if (set == _valuedAt)
        {
            return (0, set);
        }

        var follow = await Follower(db, cancellationToken);
        var unended = CaseFlow.Unended;
        var changed = new List<ExceptionCase>();
        await foreach (var @case in db.Cases.Where(c => unended.Contains(c.State) && c.Amount != null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var before = (@case.ReportingAmount, @case.RateDate);
            follow.Value(@case);
            if (before != (@case.ReportingAmount, @case.RateDate))
            {
                changed.Add(@case);
                @case.RoutedAt = null;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(changed, clock.GetUtcNow()), cancellationToken);
        if (changed.Count > 0)
        {
            log.CasesRevalued(changed.Count);
        }

        return (changed.Count, set);
    }
}
