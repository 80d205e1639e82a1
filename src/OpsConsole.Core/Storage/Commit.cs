namespace OpsConsole.Storage;

public static class Commit
{
    private const int Tries = 4;

    /// <summary>Takes a step. Who named no version (<paramref name="seen"/>) takes it on what is there by now: where a worker was faster it is tried again.</summary>
    public static async Task<Outcome<T>> TakeStep<T>(this OpsDb db, int? seen, Func<Task<Outcome<T>>> step)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(step);
        for (var tried = 1; ; tried++)
        {
            var answer = await step();
            if (answer.Refusal is not { Kind: RefusalKind.Stale } || seen is not null || tried == Tries)
            {
                return answer;
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Saves, and answers "stale" when somebody else saved first. Any other failure is a fault and is left to rise.</summary>
    public static async Task<Outcome<T>> CommitWith<T>(this OpsDb db, T value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return value;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || db.Dialect.IsDuplicateKey(failure))
        {
            return Refusal.Stale("This record");
        }
        catch (Exception failure) when (db.Dialect.IsDeadlock(failure))
        {
            return Refusal.Stale("This record");
        }
    }
}
