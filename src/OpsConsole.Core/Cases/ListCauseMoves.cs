using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What people merged and split, latest first, with what was taken back.</summary>
public sealed record ListCauseMoves(Actor Actor) : IRequest<Outcome<CauseMoveList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record CauseMoveList(IReadOnlyList<CauseMoveRow> Items);

/// <param name="Id">To take it back with.</param>
/// <param name="FromCause">Which cause, as it read then.</param>
/// <param name="ToCause">What it is now.</param>
/// <param name="Part">A split: by which field. Nothing: a merge.</param>
/// <param name="Value">A split: the field's value.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="UndoneBy">Who took it back.</param>
/// <param name="UndoneAt">When.</param>
public sealed record CauseMoveRow(
    Guid Id, string From, string FromCause, string To, string ToCause, CausePart? Part, string? Value, string Reason, string By, DateTimeOffset At, string? UndoneBy, DateTimeOffset? UndoneAt);

internal sealed class ListCauseMovesHandler(OpsDb db) : IRequestHandler<ListCauseMoves, Outcome<CauseMoveList>>
{
    private const int Most = 100;

    // A move names no exception and no amount; whose exceptions all lie elsewhere still learns nothing: the causes must be within sight.
    public async Task<Outcome<CauseMoveList>> Handle(ListCauseMoves request, CancellationToken cancellationToken)
    {
        var moves = db.CauseMoves.AsNoTracking();
        if (!request.Actor.Scope.Everything)
        {
            var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope);
            moves = moves.Where(m => seen.Any(c => c.Fingerprint == m.To || c.Fingerprint == m.From));
        }

        return new CauseMoveList(await moves.OrderByDescending(m => m.At).ThenBy(m => m.Id).Take(Most)
            .Select(m => new CauseMoveRow(m.Id, m.From, m.FromCause, m.To, m.ToCause, m.Part, m.Value, m.Reason, m.ByName, m.At, m.UndoneByName, m.UndoneAt)).ToListAsync(cancellationToken));
    }
}
