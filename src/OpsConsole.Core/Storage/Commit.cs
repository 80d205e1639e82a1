namespace OpsConsole.Storage;

public static class Commit
{
    private const int Tries = 4;

    /// <summary>
    /// Takes a step again from its beginning when somebody wrote between its reading and its writing. It is judged on what they left: a worker's note changes nothing, a
    /// colleague's claim refuses it and says whose it is, and who named a version that is no longer there is told so.
    /// </summary>
    /// <param name="db">The database; what it tracks is forgotten before another try.</param>
    /// <param name="once">Finds, decides and commits; may be called several times.</param>
    public static async Task<Outcome<T>> Insist<T>(this OpsDb db, Func<Task<Outcome<T>>> once)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(once);
        for (var tried = 1; ; tried++)
        {
            try
            {
                var answer = await once();
                if (answer.Refusal is not { IsRaced: true } || tried == Tries)
                {
                    return answer;
                }
            }
            catch (Exception failure) when (tried < Tries && db.IsRace(failure))
            {
                // Somebody was faster outside of the commit, or the database ended this in favour of somebody who waited for the same rows.
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Saves, and answers "stale" when somebody else saved first (<see cref="Insist"/> takes it again). Any other failure is a fault and is left to rise.</summary>
    public static async Task<Outcome<T>> CommitWith<T>(this OpsDb db, T value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return value;
        }
        catch (Exception failure) when (db.IsRace(failure))
        {
            return Refusal.Raced("This record");
        }
    }

    private static bool IsRace(this OpsDb db, Exception failure) =>
        failure is DbUpdateConcurrencyException || db.Dialect.IsDuplicateKey(failure) || db.Dialect.IsDeadlock(failure);
}
