using System.Diagnostics;
using OpsConsole.Cases;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Sends one replay and writes what came of it; waits, parks and goes on as the target allows.</summary>
internal sealed class ReplaySender(IDbContextFactory<OpsDb> databases, HttpTarget http, ISecretBox box, ReplayRecord record, ILogger<ReplaySender> log)
{
    /// <summary>After so many sends without an answer the target counts as down.</summary>
    private const int ParkAfter = 3;
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_down = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    public DateTimeOffset Now => record.Now;

    public async Task Send(Guid id, CancellationToken cancellationToken)
    {
        var (prepared, refused) = await Prepare(id, cancellationToken);
        if (prepared is null)
        {
            await record.Write(id, (_, item, @case) => NotSent(item, @case, refused), cancellationToken);
            return;
        }

        var at = Now;
        var result = await http.Send(prepared.Target, prepared.What, cancellationToken);
        log.Sent(id, prepared.What.CaseId, prepared.What.Attempt, prepared.Target.Name, result.Status);

        // It was sent: what came of it is written even while the console is stopping.
        await record.Write(id, (db, item, @case) => Note(db, item, @case, prepared, result, at), CancellationToken.None);
        await Remember(prepared.Target, result, CancellationToken.None);
    }

    /// <summary>Lets go on what waits for targets that are back. One that cannot be asked is tried with its oldest replay.</summary>
    public async Task Unpark(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var parked = await db.ReplayItems.AsNoTracking().Where(r => r.State == ReplayState.Parked).OrderBy(r => r.CreatedAt)
            .Select(r => new { r.Id, r.Target }).ToListAsync(cancellationToken);
        foreach (var waiting in parked.GroupBy(item => item.Target))
        {
            var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == waiting.Key, cancellationToken);
            if (target?.DownUntil > Now)
            {
                continue;
            }

            var first = target is { DownUntil: not null, ReadBackUrl: null };
            if (target is { DownUntil: not null, ReadBackUrl: not null } && !await IsBack(db, target, cancellationToken))
            {
                continue;
            }

            var go = waiting.Take(first ? 1 : int.MaxValue).ToList();
            log.TargetBack(waiting.Key, go.Count);
            foreach (var item in go)
            {
                await record.Write(item.Id, (_, replay, @case) => GoOn(replay, @case), cancellationToken);
            }
        }
    }

    private async Task<(Prepared? Prepared, string Refused)> Prepare(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var item = await db.ReplayItems.SingleAsync(r => r.Id == id, cancellationToken);
        var @case = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == item.CaseId, cancellationToken);
        if (@case.State is not CaseState.Replaying)
        {
            return (null, "it is no longer being replayed");
        }

        var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == item.Target, cancellationToken);
        if (target is null or { Disabled: true })
        {
            return (null, $"the target {item.Target} is {(target is null ? "not registered" : "disabled")}");
        }

        var payload = await Payload.Read(db, @case, item.PayloadVersion, cancellationToken);
        if (payload.Current is not { } body || Payload.Hash(body, target) != item.Hash)
        {
            return (null, "the payload or its target changed after it was decided");
        }

        item.Attempts++;
        await db.SaveChangesAsync(cancellationToken);
        var secret = target.ProtectedSecret is { } kept ? box.Unprotect(kept) : null;
        var what = new Sending(
            @case.Id, item.Id, item.IdempotencyKey, item.Attempts, body, payload.IsJson && Payload.JsonFault(body) is null, secret, await Failed(db, @case, cancellationToken));
        return (new Prepared(target, what), "");
    }

    // The link needs a span of the old trace; without one that was received there is nothing to link to.
    private static async Task<ActivityContext?> Failed(OpsDb db, ExceptionCase @case, CancellationToken cancellationToken)
    {
        if (@case.TraceId is not { Length: 16 } trace)
        {
            return null;
        }

        var span = await db.Spans.AsNoTracking().Where(s => s.TraceId == trace).OrderByDescending(s => s.Failed).Select(s => s.SpanId).FirstOrDefaultAsync(cancellationToken);
        return span is { Length: 8 } ? new ActivityContext(ActivityTraceId.CreateFromBytes(trace), ActivitySpanId.CreateFromBytes(span), ActivityTraceFlags.Recorded, isRemote: true) : null;
    }

    private CaseStep? NotSent(ReplayItem item, ExceptionCase @case, string why)
    {
        item.End(@case.State is CaseState.Replaying ? ReplayState.Failed : ReplayState.Cancelled, why, Now);
        return @case.State is CaseState.Replaying ? record.Move(@case, CaseAction.SendFailed, $"not sent: {why}") : null;
    }

    private CaseStep? Note(OpsDb db, ReplayItem item, ExceptionCase @case, Prepared prepared, SendResult result, DateTimeOffset at)
    {
        db.ReplayAttempts.Add(new ReplayAttempt
        {
            ItemId = item.Id, Number = prepared.What.Attempt, CaseId = @case.Id, At = at, Milliseconds = (int)result.Took.TotalMilliseconds,
            StatusCode = result.Status, Answer = result.Answer, Fault = Cut(result.Fault), TraceId = result.TraceId,
        });
        @case.Attempts++;
        if (item.State is not ReplayState.Sending || item.Attempts != prepared.What.Attempt)
        {
            return null;
        }

        item.HeldUntil = null;
        return result.Verdict switch
        {
            SendVerdict.Delivered => Delivered(item, @case, prepared.Target, result),
            SendVerdict.Refused => Refused(item, @case, prepared.Target, result),
            _ => Later(item, @case, prepared.Target, result),
        };
    }

    private CaseStep? Delivered(ReplayItem item, ExceptionCase @case, ReplayTarget target, SendResult result)
    {
        (item.State, item.DeliveredAt) = (ReplayState.Delivered, Now);
        item.ProofDueAt = Now.AddSeconds(target.ProofSeconds);
        item.DueAt = Now + s_firstLook;
        var step = record.Move(@case, CaseAction.Sent, $"delivered to {target.Name}, {result.Status}; proof is due within {target.ProofSeconds}s");
        if (step is not null)
        {
            @case.ProofDueAt = item.ProofDueAt;
        }

        return step;
    }

    private CaseStep? Refused(ReplayItem item, ExceptionCase @case, ReplayTarget target, SendResult result)
    {
        item.End(ReplayState.Failed, $"{target.Name} refused it, {result.Say()}", Now);
        return record.Move(@case, CaseAction.SendFailed, $"{target.Name} refused it, {result.Say()}");
    }

    private CaseStep? Later(ReplayItem item, ExceptionCase @case, ReplayTarget target, SendResult result)
    {
        var wait = result.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(item.Attempts, 8)));
        item.DueAt = Now + (wait < s_longestWait ? wait : s_longestWait);
        if (item.Attempts < ParkAfter)
        {
            item.State = ReplayState.Due;
            return null;
        }

        item.State = ReplayState.Parked;
        return record.Move(@case, CaseAction.Park, $"{target.Name} is down after {item.Attempts} attempts: {result.Say()}");
    }

    private CaseStep? GoOn(ReplayItem item, ExceptionCase @case)
    {
        if (item.State is not ReplayState.Parked)
        {
            return null;
        }

        (item.State, item.DueAt) = (ReplayState.Due, Now);
        return record.Move(@case, CaseAction.Unpark, $"{item.Target} answers again");
    }

    /// <summary>Whether the target is down is known to all nodes: the last word of any send counts.</summary>
    private async Task Remember(ReplayTarget target, SendResult result, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (result.Verdict is not SendVerdict.Later)
        {
            await db.Targets.Where(t => t.Name == target.Name && t.DownUntil != null).ExecuteUpdateAsync(set => set.SetProperty(t => t.DownUntil, (DateTimeOffset?)null), cancellationToken);
            return;
        }

        var until = Now + (result.RetryAfter is { } asked && asked < s_longestWait ? asked : s_down);
        await db.Targets
            .Where(t => t.Name == target.Name && db.ReplayItems.Any(r => r.Target == t.Name && r.State == ReplayState.Parked))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.DownUntil, until), cancellationToken);
    }

    // Any answer but "later" to a question about nothing shows that it is back. Of several nodes the first to move the mark asks.
    private async Task<bool> IsBack(OpsDb db, ReplayTarget target, CancellationToken cancellationToken)
    {
        var mine = await db.Targets.Where(t => t.Name == target.Name && t.DownUntil == target.DownUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.DownUntil, Now + s_down), cancellationToken);
        if (mine == 0 || !(await http.Read(target, "probe", "opsconsole-probe", cancellationToken)).Answered)
        {
            return false;
        }

        await db.Targets.Where(t => t.Name == target.Name).ExecuteUpdateAsync(set => set.SetProperty(t => t.DownUntil, (DateTimeOffset?)null), cancellationToken);
        return true;
    }

    private static string? Cut(string? text) => text is { Length: > Columns.Sentence } ? text[..Columns.Sentence] : text;

    private sealed record Prepared(ReplayTarget Target, Sending What);
}
