using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Where a transaction stands as a whole. Exactly one holds, the worst first.</summary>
public enum TransactionStatus
{
    /// <summary>A milestone has not come and its deadline has passed.</summary>
    Missing,

    /// <summary>Nothing is missing, but a milestone came after its deadline.</summary>
    Late,

    /// <summary>Under way and in time.</summary>
    Running,

    /// <summary>Every milestone reached, all in time.</summary>
    Done,
}

/// <summary>Where one milestone stands, as a list can ask for it.</summary>
public enum MilestoneAsked
{
    Reached,
    Late,
    Missing,

    /// <summary>Not reached and not overdue.</summary>
    Open,
}

/// <summary>What a list of transactions is narrowed to. All that is given must hold.</summary>
public sealed record TransactionFilter
{
    public string? Flow { get; init; }

    /// <summary>The beginning of the lead's id or label, or the id of any object of the transaction to the letter.</summary>
    public string? Query { get; init; }

    public string? Unit { get; init; }

    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    /// <summary>Of the lead's amount.</summary>
    public string? Currency { get; init; }

    public TransactionStatus? Status { get; init; }

    /// <summary>A milestone's name, together with <see cref="MilestoneIs"/>.</summary>
    public string? Milestone { get; init; }

    public MilestoneAsked? MilestoneIs { get; init; }

    /// <summary>Started at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Started before.</summary>
    public DateTimeOffset? Until { get; init; }

    public LagAsked? Lag { get; init; }

    /// <summary>Only those that an open failure to create a customer holds back: not completed, and linked to such a customer.</summary>
    public bool HeldBack { get; init; }
}

/// <summary>
/// Transactions by the distance between two milestones in the events' own time. One whose second milestone has not come counts with its wait
/// so far: what never arrives is the slowest of all.
/// </summary>
/// <param name="From">The first milestone; only transactions that reached it are measured.</param>
/// <param name="To">The second.</param>
/// <param name="Since">The first was reached at or after.</param>
/// <param name="Until">The first was reached before.</param>
/// <param name="MoreThan">Only those above, in seconds.</param>
/// <param name="AtMost">Only those up to, in seconds.</param>
/// <param name="Absent">Only those whose second milestone has not come.</param>
public sealed record LagAsked(
    string From, string To, DateTimeOffset? Since = null, DateTimeOffset? Until = null, double? MoreThan = null, double? AtMost = null, bool Absent = false);

/// <summary>The conditions that lists and key figures share, so that a number and its rows cannot differ.</summary>
internal static class TransactionQueries
{
    public static IQueryable<Transaction> Seen(this IQueryable<Transaction> transactions, Scope scope) =>
        scope.AllUnits ? transactions : transactions.Where(t => scope.Units.Contains(t.Unit));

    public static IQueryable<Transaction> Matching(this IQueryable<Transaction> transactions, OpsDb db, TransactionFilter filter, DateTimeOffset now)
    {
        if (!string.IsNullOrEmpty(filter.Flow))
        {
            transactions = transactions.Where(t => t.Flow == filter.Flow);
        }

        if (!string.IsNullOrEmpty(filter.Unit))
        {
            transactions = transactions.Where(t => t.Unit == filter.Unit);
        }

        transactions = filter.LegalEntity is { Length: > 0 } entity ? transactions.Where(t => t.LegalEntity == entity) : transactions;
        transactions = filter.Region is { Length: > 0 } region ? transactions.Where(t => t.Region == region) : transactions;
        transactions = filter.Currency is { Length: > 0 } currency ? transactions.Where(t => t.Currency == currency) : transactions;

        if (filter.Since is { } since)
        {
            transactions = transactions.Where(t => t.StartedAt != null && t.StartOrder >= since);
        }

        if (filter.Until is { } until)
        {
            transactions = transactions.Where(t => t.StartedAt != null && t.StartOrder < until);
        }

        if (filter.Status is { } status)
        {
            transactions = transactions.In(status, now);
        }

        if (filter is { Milestone: { Length: > 0 } milestone, MilestoneIs: { } asked })
        {
            transactions = transactions.At(db, milestone, asked, now);
        }

        if (filter.Lag is { } lag)
        {
            var measured = db.TransactionMilestones.Lagging(lag, now);
            transactions = transactions.Where(t => measured.Contains(t.Key));
        }

        if (filter.HeldBack)
        {
            transactions = transactions.HeldBack(db);
        }

        return filter.Query?.Trim() is { Length: > 0 } query ? transactions.Named(db, query) : transactions;
    }

    public static IQueryable<Transaction> In(this IQueryable<Transaction> transactions, TransactionStatus status, DateTimeOffset now)
    {
        return status switch
        {
            TransactionStatus.Missing => transactions.Where(t => t.NextDueAt <= now),
            TransactionStatus.Late => transactions.Where(t => !(t.NextDueAt <= now) && t.Late),
            TransactionStatus.Done => transactions.Where(t => !(t.NextDueAt <= now) && !t.Late && t.CompletedAt != null),
            _ => transactions.Where(t => !(t.NextDueAt <= now) && !t.Late && t.CompletedAt == null),
        };
    }

    /// <summary>The same as <see cref="In"/>, for a transaction whose milestones are at hand.</summary>
    public static TransactionStatus StatusAt(this Transaction transaction, IReadOnlyList<TransactionMilestone> milestones, DateTimeOffset now) =>
        transaction.NextDueAt <= now ? TransactionStatus.Missing
        : milestones.Any(milestone => milestone.StatusAt(now) is MilestoneStatus.Late) ? TransactionStatus.Late
        : transaction.CompletedAt is not null ? TransactionStatus.Done
        : TransactionStatus.Running;

    public static Money? Money(this Transaction found) =>
        found is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null;

    public static IQueryable<Transaction> After(this IQueryable<Transaction> transactions, string? cursor) =>
        Cursor.ReadPair(cursor) is not var (at, key)
            ? transactions
            : transactions.Where(t => t.StartOrder <= at && (t.StartOrder < at || t.Key.CompareTo(key) > 0));

    /// <summary>The transactions that reached the first milestone, measured against the bounds.</summary>
    public static IQueryable<Guid> Lagging(this IQueryable<TransactionMilestone> milestones, LagAsked lag, DateTimeOffset now)
    {
        var pairs =
            from first in milestones
            where first.Name == lag.From && first.ReachedAt != null
            where lag.Since == null || first.ReachedAt >= lag.Since
            where lag.Until == null || first.ReachedAt < lag.Until
            from second in milestones.Where(m => m.TransactionKey == first.TransactionKey && m.Name == lag.To)
            select new { first.TransactionKey, From = first.ReachedAt!.Value, To = second.ReachedAt };
        if (lag.Absent)
        {
            pairs = pairs.Where(pair => pair.To == null);
        }

        if (lag.MoreThan is { } more)
        {
            pairs = pairs.Where(pair => (pair.To ?? now) > pair.From.AddSeconds(more));
        }

        if (lag.AtMost is { } most)
        {
            pairs = pairs.Where(pair => (pair.To ?? now) <= pair.From.AddSeconds(most));
        }

        return pairs.Select(pair => pair.TransactionKey);
    }

    private static IQueryable<Transaction> At(this IQueryable<Transaction> transactions, OpsDb db, string milestone, MilestoneAsked asked, DateTimeOffset now)
    {
        var named = db.TransactionMilestones.Where(m => m.Name == milestone);
        var at = asked switch
        {
            MilestoneAsked.Reached => named.Where(m => m.ReachedAt != null),
            MilestoneAsked.Late => named.Where(m => m.ReachedAt != null && m.ReceivedAt > m.DueAt),
            MilestoneAsked.Missing => named.Where(m => m.ReachedAt == null && m.DueAt <= now),
            _ => named.Where(m => m.ReachedAt == null && (m.DueAt == null || m.DueAt > now)),
        };
        return transactions.Where(t => at.Select(m => m.TransactionKey).Contains(t.Key));
    }

    /// <summary>Not completed, and linked to a customer whose creation fails.</summary>
    private static IQueryable<Transaction> HeldBack(this IQueryable<Transaction> transactions, OpsDb db)
    {
        var failing = db.Cases.Where(c => c.ObjectType == "customer" && c.Operation == "create" && c.EndedAt == null && c.MovedTo == null);
        return transactions.Where(t => t.CompletedAt == null
            && db.ObjectLinks.Any(l => l.FromKey == t.LeadKey && failing.Any(c => c.ObjectKey == l.ToKey)));
    }

    private static IQueryable<Transaction> Named(this IQueryable<Transaction> transactions, OpsDb db, string query)
    {
        var (upper, label) = (query.ToUpperInvariant(), Cursor.Beginning(query.ToLowerInvariant()));
        var holding = db.TransactionObjects.Where(part => db.Objects.Any(o => o.Key == part.ObjectKey && (o.Id == query || o.Id == upper))).Select(part => part.TransactionKey);
        return transactions.Where(t => t.LeadId.StartsWith(query) || t.LeadId.StartsWith(upper)
            || (t.Label != null && EF.Functions.Like(t.Label.ToLower(), label, "\\")) || holding.Contains(t.Key));
    }
}
