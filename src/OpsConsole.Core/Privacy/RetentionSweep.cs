using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>Takes away what is older than a moment, some rows at a time. Never what is open, held, or leaned on by what stays.</summary>
internal static class RetentionSweep
{
    /// <summary>Below the locks at which SQL Server would take the whole table.</summary>
    private const int Most = 200;

    private static readonly Swept s_nothing = new(0, false);

    public static async Task<Swept> Exceptions(OpsDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var due = db.Cases
            .Where(c => c.EndedAt < before && c.ChangedAt < before)
            .Where(c => !db.LegalHolds.Any(h => h.EndedAt == null && (h.CaseId == c.Id || h.ObjectKey == c.ObjectKey || (h.Unit == c.Unit && h.From <= c.EndedAt && c.OpenedAt < h.Until))));
        var ids = await due.OrderBy(c => c.EndedAt).ThenBy(c => c.Id).Take(Most).Select(c => c.Id).ToListAsync(cancellationToken);
        if (ids.Count > 0)
        {
            // Written so that nobody changes them from here on; what was opened again or held meanwhile stays.
            await db.Cases.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, c => c.ChangedAt), cancellationToken);
            ids = await due.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        }

        return ids.Count == 0 ? s_nothing : new Swept(await DeleteCases(db, ids, cancellationToken), ids.Count == Most);
    }

    /// <summary>Exceptions with all that hangs on them.</summary>
    internal static async Task<int> DeleteCases(OpsDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await db.ReplayAttempts.Where(a => ids.Contains(a.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.ReplayItems.Where(r => ids.Contains(r.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.PayloadVersions.Where(p => ids.Contains(p.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.CaseWatches.Where(w => ids.Contains(w.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.CaseTags.Where(t => ids.Contains(t.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.CaseTickets.Where(t => ids.Contains(t.CaseId)).ExecuteDeleteAsync(cancellationToken);
        await db.CaseSteps.Where(s => ids.Contains(s.CaseId)).ExecuteDeleteAsync(cancellationToken);
        return await db.Cases.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Objects with all that was said of them; the events are counted.</summary>
    public static async Task<Swept> Objects(OpsDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // An exception that is still there, open or not, needs its object, and what is joined or linked with that.
        var leaned = db.Objects.Where(o => o.ReceivedAt >= before || db.Cases.Any(c => c.ObjectKey == o.Key)).Select(o => o.Key);
        var found = await db.Objects.AsNoTracking()
            .Where(o => o.ReceivedAt < before && !leaned.Contains(o.Key))
            .Where(o => !db.LegalHolds.Any(h => h.EndedAt == null && (h.ObjectKey == o.Key || (h.Unit == o.Unit && h.From <= o.ReceivedAt && o.FirstAt < h.Until))))
            .Where(o => !db.ObjectLinks.Any(l => (l.FromKey == o.Key && leaned.Contains(l.ToKey)) || (l.ToKey == o.Key && leaned.Contains(l.FromKey))))
            .Where(o => !db.TransactionObjects.Any(part => part.ObjectKey == o.Key
                && (db.Transactions.Any(t => t.Key == part.TransactionKey && (t.NextDueAt != null || t.ReceivedAt >= before))
                    || db.TransactionObjects.Any(other => other.TransactionKey == part.TransactionKey && leaned.Contains(other.ObjectKey)))))
            .OrderBy(o => o.ReceivedAt).ThenBy(o => o.Key).Take(Most).Select(o => o.Key).ToListAsync(cancellationToken);
        return found.Count == 0 ? s_nothing : new Swept(await DeleteObjects(db, found, before, cancellationToken), found.Count == Most);
    }

    /// <summary>Objects with all that was said of them.</summary>
    /// <returns>How many events went.</returns>
    internal static async Task<int> DeleteObjects(OpsDb db, IReadOnlyCollection<Guid> found, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var events = 0;
        foreach (var name in (await ObjectNames.Of(db, found, cancellationToken)).DistinctBy(name => (name.SpokenKey, name.System)))
        {
            var (spoken, system) = (name.SpokenKey, name.System);
            events += await db.Events.Where(e => e.SpokenKey == spoken && (system == null || e.System == system) && e.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaidNames.Where(n => found.Contains(n.TargetSpokenKey)).ExecuteDeleteAsync(cancellationToken);
        await db.SaidLinks.Where(l => found.Contains(l.FromKey)).ExecuteDeleteAsync(cancellationToken);
        await db.ObjectLinks.Where(l => found.Contains(l.FromKey) || found.Contains(l.ToKey)).ExecuteDeleteAsync(cancellationToken);
        await db.ObjectStates.Where(s => found.Contains(s.ObjectKey)).ExecuteDeleteAsync(cancellationToken);
        await db.Signals.Where(s => found.Contains(s.ObjectKey)).ExecuteDeleteAsync(cancellationToken);
        var led = db.Transactions.Where(t => found.Contains(t.LeadKey)).Select(t => t.Key);
        await db.TransactionMilestones.Where(m => led.Contains(m.TransactionKey)).ExecuteDeleteAsync(cancellationToken);
        await db.TransactionObjects.Where(part => found.Contains(part.ObjectKey) || led.Contains(part.TransactionKey)).ExecuteDeleteAsync(cancellationToken);
        await db.Transactions.Where(t => found.Contains(t.LeadKey)).ExecuteDeleteAsync(cancellationToken);
        await db.Objects.Where(o => found.Contains(o.Key)).ExecuteDeleteAsync(cancellationToken);
        return events;
    }

    public static async Task<Swept> Notices(OpsDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var items = await db.NoticeItems.Where(n => n.LatestAt < before && n.SendAt == null).OrderBy(n => n.LatestAt).Take(Most).ExecuteDeleteAsync(cancellationToken);
        var letters = await db.NoticeLetters.Where(l => l.SentAt < before || l.GivenUpAt < before).OrderBy(l => l.MadeAt).Take(Most).ExecuteDeleteAsync(cancellationToken);
        var gathered = await db.Notices.Where(n => n.GatheredAt < before).OrderBy(n => n.At).Take(Most).ExecuteDeleteAsync(cancellationToken);
        return new Swept(items + letters + gathered, items == Most || letters == Most || gathered == Most);
    }

    public static async Task<Swept> Reveals(OpsDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var gone = await db.FieldReveals.Where(r => r.Until < before).OrderBy(r => r.Until).Take(Most).ExecuteDeleteAsync(cancellationToken);
        return new Swept(gone, gone == Most);
    }

    // The row stays, because it is counted; what it held goes.
    public static async Task<Swept> Quarantine(OpsDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var nothing = Array.Empty<byte>();
        var gone = await db.Quarantine.Where(q => q.SettledAt < before && q.Bytes != nothing).OrderBy(q => q.SettledAt).Take(Most)
            .ExecuteUpdateAsync(set => set.SetProperty(q => q.Bytes, nothing), cancellationToken);
        return new Swept(gone, gone == Most);
    }
}

/// <param name="Deleted">Rows that went.</param>
/// <param name="More">There may be more.</param>
internal readonly record struct Swept(int Deleted, bool More);
