using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Delivered is not resolved: asks the target what it holds until that is consistent, or the deadline has passed. A later success event
/// resolves the exception by itself (<see cref="CaseWorker"/>); its replay is then ended here. Many at a time: one look at each table, and the targets asked side by side.
/// </summary>
internal sealed class ReplayProof(IDbContextFactory<OpsDb> databases, TargetCatalog targets, ContractShelf shelf, FieldSeal seal, ReplayRecord record, TimeProvider clock, ILogger<ReplayProof> log)
{
    private const int AskedAtOnce = 16;
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Looks at what was delivered and is due for a look.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> Check(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = record.Now;
        var items = await db.ReplayItems.AsNoTracking().Where(r => r.State == ReplayState.Delivered && r.DueAt <= now).OrderBy(r => r.DueAt).Take(ReplayRecord.Most).ToListAsync(cancellationToken);
        if (items.Count == 0)
        {
            return 0;
        }

        var caseIds = items.ConvertAll(item => item.CaseId);
        var cases = await db.Cases.AsNoTracking().Where(c => caseIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var failed = await FailedSince(db, items, cases, cancellationToken);
        var seen = await Ask(db, [.. items.Where(item => !failed.Contains(item.Id) && cases[item.CaseId].State is CaseState.AwaitingProof)], cases, cancellationToken);
        var open = items.Where(item => seen.TryGetValue(item.Id, out var found) && !found.Proven && item.ProofDueAt > record.Now).ToList();
        await LookAgain(db, open, cancellationToken);
        await record.Write([.. items.Except(open).Select(item => item.Id)], (item, @case, write) => Conclude(item, @case, failed.Contains(item.Id), seen.GetValueOrDefault(item.Id), write), cancellationToken);
        return items.Count;
    }

    // Thousands may wait for one target: written together, by the second in which they are looked at again.
    private async Task LookAgain(OpsDb db, List<ReplayItem> open, CancellationToken cancellationToken)
    {
        var now = record.Now;
        foreach (var some in open.GroupBy(item => Next(now, item.DeliveredAt ?? now, item.ProofDueAt!.Value)))
        {
            var ids = some.Select(item => item.Id).ToList();
            await db.ReplayItems.Where(r => ids.Contains(r.Id) && r.State == ReplayState.Delivered).ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, some.Key), cancellationToken);
        }
    }

    /// <summary>Ends what is still outstanding though its exception has moved on: resolved by an event, or dismissed.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var left = await (
            from item in db.ReplayItems.AsNoTracking()
            join @case in db.Cases.AsNoTracking() on item.CaseId equals @case.Id
            where item.Outstanding == true && item.State != ReplayState.Sending
                && @case.State != CaseState.Replaying && @case.State != CaseState.Parked && @case.State != CaseState.AwaitingProof
            orderby item.Number
            select item.Id).Take(ReplayRecord.Most).ToListAsync(cancellationToken);
        await record.Write(left, (item, @case, _) => EndWith(item, @case), cancellationToken);
        return left.Count;
    }

    // Heard after the send, so the target has judged what it was sent; a failure from before would have been heard before, or stays open for another day.
    private static async Task<HashSet<Guid>> FailedSince(OpsDb db, List<ReplayItem> items, Dictionary<Guid, ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var ids = items.ConvertAll(item => item.Id);
        var keys = cases.Values.Select(c => c.FailureKey).OfType<byte[]>().ToList();
        var sent = await db.ReplayAttempts.AsNoTracking().Where(a => ids.Contains(a.ItemId)).GroupBy(a => a.ItemId).Select(item => new { item.Key, At = item.Max(a => a.At) })
            .ToDictionaryAsync(item => item.Key, item => item.At, cancellationToken);
        var heard = await db.Events.AsNoTracking().Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.ReceivedAt })
            .ToDictionaryAsync(e => Convert.ToHexString(e.Key), e => e.ReceivedAt, cancellationToken);
        return [.. from item in items
                   where cases[item.CaseId].FailureKey is { } key && heard.TryGetValue(Convert.ToHexString(key), out var at) && at > sent.GetValueOrDefault(item.Id, item.CreatedAt)
                   select item.Id];
    }

    private async Task<Dictionary<Guid, (bool Proven, string Seen)>> Ask(OpsDb db, List<ReplayItem> items, Dictionary<Guid, ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var registered = await db.Targets.AsNoTracking().ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancellationToken);
        var payloads = await Payload.Read(db, [.. items.Select(item => (cases[item.CaseId], item.PayloadVersion))], cancellationToken);
        var veils = await new RepairDesk(db, shelf, clock).Veils([.. cases.Values], FieldClasses.All, cancellationToken);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<Guid, (bool, string)>();
        var side = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, side, async (item, token) =>
        {
            var (@case, body) = (cases[item.CaseId], await seal.Open(payloads[item.CaseId].Current, token) ?? "");
            if (registered.GetValueOrDefault(item.Target) is not { } target || !targets.CanBeAsked(target))
            {
                seen[item.Id] = (false, "no event showed it consistent, and the target cannot be asked");
                return;
            }

            var holding = await targets.Read(target, Probe.Of(@case, body), token);
            var veil = veils.GetValueOrDefault(@case.Id);
            _ = veil?.Over(body);
            seen[item.Id] = ProofJudge.Judge(target.Name, @case, holding, body, veil);
        });
        return seen.ToDictionary();
    }

    private void Conclude(ReplayItem item, ExceptionCase @case, bool failed, (bool Proven, string? Seen) found, ReplayWrite write)
    {
        if (item.State is not ReplayState.Delivered || @case.State is not CaseState.AwaitingProof)
        {
            return;
        }

        if (failed)
        {
            Disprove(item, @case, $"{SystemNames.Capital(@case.System)} refused it again: {@case.ErrorMessage ?? @case.ErrorCode}", write);
        }
        else if (found.Proven)
        {
            Prove(item, @case, found.Seen!, write);
        }
        else if (item.ProofDueAt <= record.Now && IsQuiet(item, @case))
        {
            Prove(item, @case, $"Confirmed by the broker, and the message was not dead-lettered again until {item.ProofDueAt:yyyy-MM-dd HH:mm:ss} UTC", write);
        }
        else if (item.ProofDueAt <= record.Now)
        {
            Disprove(item, @case, $"not proven by {item.ProofDueAt:yyyy-MM-dd HH:mm:ss} UTC: {found.Seen}", write);
        }
        else
        {
            item.DueAt = Next(record.Now, item.DeliveredAt ?? record.Now, item.ProofDueAt ?? record.Now);
        }
    }

    // Of a message that is about nothing but itself no system ever speaks again: that it does not come back is all that there is to see.
    private static bool IsQuiet(ReplayItem item, ExceptionCase @case) => @case.ObjectType is "message" && RabbitMqTarget.IsNamed(item.Target);

    private static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset delivered, DateTimeOffset proofDue)
    {
        var pause = s_shortestPause + ((now - delivered) / 4);
        var next = now + TimeSpan.FromSeconds(Math.Ceiling((pause < s_longestPause ? pause : s_longestPause).TotalSeconds));
        return next > proofDue && proofDue > now ? proofDue : next;
    }

    private void Prove(ReplayItem item, ExceptionCase @case, string evidence, ReplayWrite write)
    {
        if (record.Move(@case, CaseAction.Proven, evidence, write))
        {
            item.End(ReplayState.Proven, evidence, record.Now);
            (@case.Ending, @case.ProofKey, @case.ProofDueAt) = (item.Finding, null, null);
            log.ReplayEnded(item.Id, item.State);
        }
    }

    private void Disprove(ReplayItem item, ExceptionCase @case, string seen, ReplayWrite write)
    {
        if (record.Move(@case, CaseAction.Disproven, seen, write))
        {
            item.End(ReplayState.Disproven, seen, record.Now);
            (@case.CameBack, @case.ProofDueAt, @case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (true, null, null, null, null);
            log.ReplayEnded(item.Id, item.State);
        }
    }

    private void EndWith(ReplayItem item, ExceptionCase @case)
    {
        if (item.Outstanding is true && @case.State is not (CaseState.Replaying or CaseState.Parked or CaseState.AwaitingProof))
        {
            var proven = @case.State is CaseState.Resolved && item.DeliveredAt is not null;
            item.End(proven ? ReplayState.Proven : ReplayState.Cancelled, @case.Ending ?? $"the exception is {ExceptionCase.Say(@case.State)}", record.Now);
            log.ReplayEnded(item.Id, item.State);
        }
    }
}
