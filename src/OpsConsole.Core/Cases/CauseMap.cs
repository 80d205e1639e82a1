using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// Where an exception belongs by what people merged and split. From the fingerprint that the facts give it, it goes on as long as a move
/// takes it: splits before merges, older ones first. No two moves lead in a ring, because a merge that would close one is refused.
/// </summary>
internal sealed class CauseMap
{
    private readonly Dictionary<string, List<CauseMove>> _from;

    public CauseMap(IEnumerable<CauseMove> moves) =>
        _from = InOrder(moves).GroupBy(move => move.From, StringComparer.Ordinal).ToDictionary(from => from.Key, from => from.ToList(), StringComparer.Ordinal);

    public static async Task<CauseMap> Read(OpsDb db, CancellationToken cancellationToken) =>
        new(await db.CauseMoves.AsNoTracking().Where(m => m.UndoneAt == null).ToListAsync(cancellationToken));

    /// <summary>Splits before merges, older ones first.</summary>
    public static IEnumerable<CauseMove> InOrder(IEnumerable<CauseMove> moves) => moves.OrderBy(move => !move.IsSplit).ThenBy(move => move.At).ThenBy(move => move.Id);

    /// <summary>Places an exception that stands as the facts give it.</summary>
    public void Apply(ExceptionCase @case)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Add(@case.Fingerprint) && _from.GetValueOrDefault(@case.Fingerprint)?.Find(move => move.Takes(@case)) is { } move)
        {
            @case.FoundAs ??= @case.Fingerprint;
            @case.FoundCause ??= @case.Cause;
            (@case.Fingerprint, @case.Cause) = (move.To, move.ToCause);
        }
    }

    /// <summary>True when exceptions of <paramref name="from"/> may end up under <paramref name="to"/>.</summary>
    public bool Leads(string from, string to)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([from]));
        while (open.TryPop(out var here))
        {
            if (here == to)
            {
                return true;
            }

            if (seen.Add(here))
            {
                _from.GetValueOrDefault(here)?.ForEach(move => open.Push(move.To));
            }
        }

        return false;
    }
}

/// <summary>The same for all exceptions that stand in the database.</summary>
internal static class CauseMoves
{
    /// <summary>More than this many moves one behind the other nobody makes.</summary>
    private const int Longest = 32;

    /// <summary>Places all exceptions by the moves that count, when one was made or taken back since the last look: also those that came in between.</summary>
    public static async Task<(int Placed, DateTimeOffset? Latest)> Again(OpsDb db, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var made = await db.CauseMoves.MaxAsync(m => (DateTimeOffset?)m.At, cancellationToken);
        var undone = await db.CauseMoves.MaxAsync(m => m.UndoneAt, cancellationToken);
        var latest = undone > made ? undone : made;
        return latest == since ? (0, since) : (await Place(db, cancellationToken), latest);
    }

    /// <summary>Moves on whatever a move takes, until none takes anything more.</summary>
    /// <returns>How many rows were written.</returns>
    public static async Task<int> Place(OpsDb db, CancellationToken cancellationToken)
    {
        var moves = CauseMap.InOrder(await db.CauseMoves.AsNoTracking().Where(m => m.UndoneAt == null).ToListAsync(cancellationToken)).ToList();
        var written = 0;
        for (var round = 0; round < Longest; round++)
        {
            var before = written;
            foreach (var move in moves)
            {
                var (to, cause) = (move.To, move.ToCause);
                written += await move.Taken(db.Cases).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.FoundAs, c => c.FoundAs ?? c.Fingerprint).SetProperty(c => c.FoundCause, c => c.FoundCause ?? c.Cause)
                        .SetProperty(c => c.Fingerprint, to).SetProperty(c => c.Cause, cause),
                    cancellationToken);
            }

            if (written == before)
            {
                break;
            }
        }

        return written;
    }

    /// <summary>Gives back what the facts say to everything that a move, or one behind it, had taken; then the others place it.</summary>
    public static async Task<int> Undo(OpsDb db, CauseMove move, CancellationToken cancellationToken)
    {
        var moves = await db.CauseMoves.AsNoTracking().Where(m => m.UndoneAt == null).ToListAsync(cancellationToken);
        var reached = new HashSet<string>(StringComparer.Ordinal) { move.To };
        while (moves.FindAll(other => reached.Contains(other.From) && !reached.Contains(other.To)) is { Count: > 0 } further)
        {
            reached.UnionWith(further.Select(other => other.To));
        }

        var places = reached.ToArray();
        var reset = await db.Cases.Where(c => c.FoundAs != null && places.Contains(c.Fingerprint)).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Fingerprint, c => c.FoundAs!).SetProperty(c => c.Cause, c => c.FoundCause!)
                .SetProperty(c => c.FoundAs, (string?)null).SetProperty(c => c.FoundCause, (string?)null),
            cancellationToken);
        await Place(db, cancellationToken);
        return reset;
    }
}
