using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Close;

/// <summary>The boards that were kept, the latest first: one's own, and those of units within the caller's scope.</summary>
/// <param name="Take">How many at most.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListKeptBoards(int Take, Actor Actor) : IRequest<Outcome<KeptBoards>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

public sealed record KeptBoards(IReadOnlyList<KeptBoard> Items);

/// <param name="Address">The board, without the moment.</param>
/// <param name="AsOf">The moment of its numbers (UTC).</param>
/// <param name="At">When it was kept.</param>
/// <param name="By">Who kept it.</param>
/// <param name="Unit">Whose numbers; empty: all that its keeper sees.</param>
/// <param name="Figures">Each number by its code.</param>
public sealed record KeptBoard(string Address, DateTimeOffset AsOf, DateTimeOffset At, string By, string Unit, IReadOnlyList<KeptFigure> Figures)
{
    internal static KeptBoard Of(Snapshot kept) =>
        new(kept.Address, kept.AsOf, kept.TakenAt, kept.TakenByName, kept.Unit, JsonSerializer.Deserialize<List<KeptFigure>>(kept.Numbers, JsonSerializerOptions.Web) ?? []);
}

/// <param name="Code">The number's code.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Value">In the unit of its form; nothing: it could not be said.</param>
/// <param name="Amount">In the reporting currency, where it carries money.</param>
/// <param name="Rows">How many rows stood behind it.</param>
public sealed record KeptFigure(string Code, string Title, decimal? Value, decimal? Amount, int Rows);

internal sealed class ListKeptBoardsHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ListKeptBoards, Outcome<KeptBoards>>
{
    private const int Most = 100;

    public async Task<Outcome<KeptBoards>> Handle(ListKeptBoards request, CancellationToken cancellationToken)
    {
        var (now, me, all, units) = (clock.GetUtcNow(), request.Actor.Id, request.Actor.Scope.AllUnits, request.Actor.Scope.Units);
        var rows = await db.Snapshots.AsNoTracking().Where(s => s.Kind == Snapshot.OfBoard && s.TakenAt <= now && (all || units.Contains(s.Unit) || s.TakenBy == me))
            .OrderByDescending(s => s.TakenAt).Take(Math.Clamp(request.Take, 1, Most)).ToListAsync(cancellationToken);
        return new KeptBoards([.. rows.Select(KeptBoard.Of)]);
    }
}
