using OpsConsole.Cases;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Delivered is not resolved: asks the target what it holds until that is consistent, or the deadline has passed. A later success event
/// resolves the exception by itself (<see cref="CaseWorker"/>); its replay is then ended here.
/// </summary>
internal sealed class ReplayProof(IDbContextFactory<OpsDb> databases, HttpTarget http, ReplayRecord record, ILogger<ReplayProof> log)
{
    private const int Most = 50;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Takes the delivered ones whose next look is due, each for one node only.</summary>
    public async Task<IReadOnlyList<Guid>> Due(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = record.Now;
        var due = await db.ReplayItems.AsNoTracking().Where(r => r.State == ReplayState.Delivered && r.DueAt <= now).OrderBy(r => r.DueAt).Take(Most)
            .Select(r => new { r.Id, r.DueAt, r.DeliveredAt, r.ProofDueAt }).ToListAsync(cancellationToken);
        var mine = new List<Guid>();
        foreach (var item in due)
        {
            var next = Next(now, item.DeliveredAt ?? now, item.ProofDueAt ?? now);
            var taken = await db.ReplayItems.Where(r => r.Id == item.Id && r.State == ReplayState.Delivered && r.DueAt == item.DueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, next), cancellationToken);
            if (taken == 1)
            {
                mine.Add(item.Id);
            }
        }

        return mine;
    }

    public async Task Check(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var item = await db.ReplayItems.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        var @case = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == item.CaseId, cancellationToken);
        if (@case.State is not CaseState.AwaitingProof)
        {
            return;
        }

        if (await FailedSince(db, item, @case, cancellationToken))
        {
            await Disprove(id, $"{SystemNames.Capital(@case.System)} refused it again: {@case.ErrorMessage ?? @case.ErrorCode}", cancellationToken);
            return;
        }

        var (proven, seen) = await Ask(db, item, @case, cancellationToken);
        if (proven)
        {
            await Prove(id, seen, cancellationToken);
        }
        else if (item.ProofDueAt <= record.Now)
        {
            await Disprove(id, $"not proven by {item.ProofDueAt:yyyy-MM-dd HH:mm:ss} UTC: {seen}", cancellationToken);
        }
    }

    /// <summary>Ends what is still outstanding though its exception has moved on: resolved by an event, or dismissed.</summary>
    public async Task Sweep(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var left = await (
            from item in db.ReplayItems.AsNoTracking()
            join @case in db.Cases.AsNoTracking() on item.CaseId equals @case.Id
            where item.Outstanding == true
                && @case.State != CaseState.Replaying && @case.State != CaseState.Parked && @case.State != CaseState.AwaitingProof
            select item.Id).Take(Most).ToListAsync(cancellationToken);
        foreach (var id in left)
        {
            await record.Write(id, (_, item, @case) => EndWith(item, @case), cancellationToken);
        }
    }

    private static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset delivered, DateTimeOffset proofDue)
    {
        var pause = TimeSpan.FromSeconds(2) + ((now - delivered) / 4);
        var next = now + (pause < s_longestPause ? pause : s_longestPause);
        return next > proofDue && proofDue > now ? proofDue : next;
    }

    // Heard after the send, so the target has judged what it was sent; a failure from before would have been heard before, or stays open for another day.
    private static async Task<bool> FailedSince(OpsDb db, ReplayItem item, ExceptionCase @case, CancellationToken cancellationToken)
    {
        var sent = await db.ReplayAttempts.Where(a => a.ItemId == item.Id).MaxAsync(a => (DateTimeOffset?)a.At, cancellationToken) ?? item.CreatedAt;
        return @case.FailureKey is { } key && await db.Events.AnyAsync(e => e.Key == key && e.ReceivedAt > sent, cancellationToken);
    }

    private async Task<(bool Proven, string Seen)> Ask(OpsDb db, ReplayItem item, ExceptionCase @case, CancellationToken cancellationToken)
    {
        var target = await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == item.Target, cancellationToken);
        if (target?.ReadBackUrl is null)
        {
            return (false, "no event showed it consistent, and the target cannot be asked");
        }

        var holding = await http.Read(target, @case.ObjectType, @case.ObjectId, cancellationToken);
        if (!holding.Answered || !holding.Exists)
        {
            return (false, holding.Answered ? $"{target.Name} does not have {@case.ObjectType} {@case.ObjectId}" : holding.Fault ?? "no answer");
        }

        var payload = await Payload.Read(db, @case, item.PayloadVersion, cancellationToken);
        return Judge(target.Name, @case, HeldObject.Read(holding.Body), payload.Current ?? "");
    }

    private static (bool Proven, string Seen) Judge(string target, ExceptionCase @case, HeldObject? held, string payload)
    {
        if (held is null)
        {
            return (false, $"{target} answered something that is not a JSON object");
        }

        if (held.IsRefused)
        {
            return (false, $"{target} shows it as {held.State}");
        }

        var compared = held.Compare(payload);
        var differing = compared.Where(field => !HeldObject.Same(field)).ToList();
        if (differing.Count > 0)
        {
            return (false, $"{target} holds another {string.Join(", ", differing.Select(field => $"{field.Name} ({field.Present ?? "empty"})"))}");
        }

        return compared.Count == 0 && held.State is null
            ? (false, $"{target} shows nothing that could be compared")
            : (true, $"Read back: {target} holds {@case.ObjectType} {@case.ObjectId}{(held.State is { } state ? $" as {state}" : "")}, {compared.Count} of {compared.Count} fields as sent");
    }

    private Task Prove(Guid id, string evidence, CancellationToken cancellationToken) => record.Write(
        id,
        (_, item, @case) =>
        {
            if (record.Move(@case, CaseAction.Proven, evidence) is not { } step)
            {
                return null;
            }

            item.End(ReplayState.Proven, evidence, record.Now);
            (@case.Ending, @case.ProofKey, @case.ProofDueAt) = (evidence, null, null);
            log.ReplayEnded(item.Id, item.State);
            return step;
        },
        cancellationToken);

    private Task Disprove(Guid id, string seen, CancellationToken cancellationToken) => record.Write(
        id,
        (_, item, @case) =>
        {
            if (record.Move(@case, CaseAction.Disproven, seen) is not { } step)
            {
                return null;
            }

            item.End(ReplayState.Disproven, seen, record.Now);
            (@case.CameBack, @case.ProofDueAt, @case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (true, null, null, null, null);
            log.ReplayEnded(item.Id, item.State);
            return step;
        },
        cancellationToken);

    private CaseStep? EndWith(ReplayItem item, ExceptionCase @case)
    {
        if (item.Outstanding is true && @case.State is not (CaseState.Replaying or CaseState.Parked or CaseState.AwaitingProof))
        {
            var proven = @case.State is CaseState.Resolved && item.DeliveredAt is not null;
            item.End(proven ? ReplayState.Proven : ReplayState.Cancelled, @case.Ending ?? $"the exception is {ExceptionCase.Say(@case.State)}", record.Now);
            log.ReplayEnded(item.Id, item.State);
        }

        return null;
    }
}
