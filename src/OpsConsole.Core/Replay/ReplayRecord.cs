using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What is written with the replays and their exceptions in one transaction.</summary>
internal sealed class ReplayWrite
{
    public List<CaseStep> Steps { get; } = [];

    public List<ReplayAttempt> Attempts { get; } = [];
}

/// <summary>
/// Writes what happened to replays into them and their exceptions: for all of them one read and one write of each table. When somebody was faster it
/// reads everything again and decides anew.
/// </summary>
internal sealed class ReplayRecord(IDbContextFactory<OpsDb> databases, TimeProvider clock)
{
    /// <summary>Replays that are written in one transaction at most.</summary>
    public const int Most = 500;

    private const int Tries = 6;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="ids">The replays; unknown ones are left out.</param>
    /// <param name="decide">Changes one replay and its exception as they are now; may be called again on fresh ones.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public async Task Write(IReadOnlyCollection<Guid> ids, Action<ReplayItem, ExceptionCase, ReplayWrite> decide, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(Most))
        {
            await WriteSome(some, decide, cancellationToken);
        }
    }

    /// <summary>Moves the exception as the system; does nothing when it is no longer where this move begins.</summary>
    public bool Move(ExceptionCase @case, CaseAction action, string reason, ReplayWrite write)
    {
        if (!CaseFlow.TryMove(@case.State, action, out _) || @case.Move(action, Actor.System, reason, Now).Value is not { } step)
        {
            return false;
        }

        write.Steps.Add(step);
        return true;
    }

    private async Task WriteSome(IReadOnlyList<Guid> ids, Action<ReplayItem, ExceptionCase, ReplayWrite> decide, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await WriteIn(db, ids, decide, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return;
            }
            catch (Exception failure) when (tried < Tries && IsRace(db, failure))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 30 * tried)), cancellationToken);
            }
        }
    }

    /// <summary>The same as part of the caller's transaction, which must be taken again as a whole when somebody was faster.</summary>
    /// <param name="db">Holds the transaction.</param>
    /// <param name="ids">At most <see cref="Most"/>.</param>
    /// <param name="decide">As above.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteIn(OpsDb db, IReadOnlyList<Guid> ids, Action<ReplayItem, ExceptionCase, ReplayWrite> decide, CancellationToken cancellationToken)
    {
        var items = await db.ReplayItems.Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
        var caseIds = items.ConvertAll(item => item.CaseId);
        var cases = await db.Cases.Where(c => caseIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var write = new ReplayWrite();
        foreach (var item in items)
        {
            decide(item, cases[item.CaseId], write);
        }

        await PersonalNotices.Tell(db, [.. write.Steps.Select(step => (cases[step.CaseId], step))], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, [.. write.Steps.OrderBy(step => step.CaseId).ThenBy(step => step.Version)], cancellationToken);
        await db.Dialect.InsertMissing(db, [.. write.Attempts.OrderBy(attempt => attempt.ItemId).ThenBy(attempt => attempt.Number)], cancellationToken);
        await db.Dialect.Insert(db, CaseNews.Of(cases.Values, Now), cancellationToken);
    }

    private static bool IsRace(OpsDb db, Exception failure) => failure is DbUpdateConcurrencyException || db.Dialect.IsDuplicateKey(failure) || db.Dialect.IsTransient(failure);
}
