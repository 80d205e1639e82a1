namespace OpsConsole.Cases;

/// <summary>
/// Reads many exceptions by id, a lot at a time. Not joined to the table that names them: of rows written a moment ago a database knows no statistics,
/// takes them for few and reads all exceptions once for each.
/// </summary>
internal static class CaseLots
{
    /// <summary>So many ids in one question.</summary>
    public const int Lot = 1_000;

    /// <returns>Those that are there, in no order.</returns>
    public static Task<List<ExceptionCase>> Among(this IQueryable<ExceptionCase> cases, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        cases.Among(ids, all => all, cancellationToken);

    /// <summary>The same, of each only what is asked for.</summary>
    public static async Task<List<T>> Among<T>(
        this IQueryable<ExceptionCase> cases, IEnumerable<Guid> ids, Func<IQueryable<ExceptionCase>, IQueryable<T>> part, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        foreach (var lot in ids.Distinct().Chunk(Lot))
        {
            found.AddRange(await part(cases.Where(c => lot.Contains(c.Id))).ToListAsync(cancellationToken));
        }

        return found;
    }
}
