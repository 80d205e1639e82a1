using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Writes what happened to a replay into it and its exception, in one transaction. When somebody was faster it reads both again and decides anew.</summary>
internal sealed class ReplayRecord(IDbContextFactory<OpsDb> databases, TimeProvider clock)
{
    private const int Tries = 6;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="id">The replay.</param>
    /// <param name="decide">Changes item and exception as they are now; may be called again on fresh ones. Answers the exception's step, if it made one.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public async Task Write(Guid id, Func<OpsDb, ReplayItem, ExceptionCase, CaseStep?> decide, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var item = await db.ReplayItems.SingleAsync(r => r.Id == id, cancellationToken);
            var @case = await db.Cases.SingleAsync(c => c.Id == item.CaseId, cancellationToken);
            if (decide(db, item, @case) is { } step)
            {
                db.CaseSteps.Add(step);
                await PersonalNotices.Tell(db, [], @case, step, cancellationToken);
            }

            db.Changes.Add(@case.ToChange(Now));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException failure) when (tried < Tries && (failure is DbUpdateConcurrencyException || db.Dialect.IsDuplicateKey(failure) || db.Dialect.IsTransient(failure)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * tried), cancellationToken);
            }
        }
    }

    /// <summary>Moves the exception as the system; nothing when it is no longer where this move begins.</summary>
    public CaseStep? Move(ExceptionCase @case, CaseAction action, string reason) =>
        CaseFlow.TryMove(@case.State, action, out _) ? @case.Move(action, Actor.System, reason, Now).Value : null;
}
