namespace OpsConsole.Storage;

public static class Commit
{
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
