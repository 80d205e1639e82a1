using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Audit;
using OpsConsole.Kpis;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;

namespace OpsConsole.Close;

/// <summary>Keeps the numbers of a board as they were known a few seconds ago, with the address under which all of it can be seen again.</summary>
/// <param name="Filter">What the board is narrowed to.</param>
/// <param name="Address">The board's own, beginning with <c>/board</c>.</param>
/// <param name="Actor">Who keeps it.</param>
public sealed record KeepBoard(BoardFilter Filter, string Address, Actor Actor) : IRequest<Outcome<KeptBoard>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

internal sealed class KeepBoardHandler(OpsDb db, PastHorizon horizon, IServiceScopeFactory scopes, TimeProvider clock) : IRequestHandler<KeepBoard, Outcome<KeptBoard>>
{
    public async Task<Outcome<KeptBoard>> Handle(KeepBoard request, CancellationToken cancellationToken)
    {
        if (!request.Address.StartsWith("/board", StringComparison.Ordinal) || request.Address.Length > Columns.Sentence)
        {
            return Refusal.Invalid("address", $"must be a board's, of at most {Columns.Sentence} letters");
        }

        if (request.Actor.Scope.ByEntity)
        {
            return Refusal.Forbidden("A kept board is for everybody of the unit, and you see only some of its legal entities.");
        }

        var at = new DateTimeOffset(horizon.Latest.UtcTicks / 10 * 10, TimeSpan.Zero);
        await using var scope = scopes.CreateAsyncScope();
        scope.LookAt(at);
        var measured = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new MeasureBoard(request.Filter, request.Actor), cancellationToken);
        return measured.Value is { } board ? await db.Insist(() => Keep(request, board, at, cancellationToken)) : measured.Refusal!;
    }

    private async Task<Outcome<KeptBoard>> Keep(KeepBoard request, Board board, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (now, unit, period) = (clock.GetUtcNow(), request.Filter.Unit ?? "", request.Filter.Period ?? "");
        var latest = await db.Snapshots.Where(s => s.Kind == Snapshot.OfBoard && s.Unit == unit && s.LegalEntity == "" && s.Period == period).MaxAsync(s => (int?)s.Number, cancellationToken) ?? 0;
        var figures = board.Tiles.Select(tile => new KeptFigure(tile.Kpi.Code, tile.Kpi.Title, tile.Figure.Value, tile.Figure.Amount, tile.Figure.Rows)).ToList();
        var kept = new Snapshot
        {
            Id = Guid.CreateVersion7(now),
            Kind = Snapshot.OfBoard,
            Unit = unit,
            Period = period,
            Number = latest + 1,
            Address = request.Address,
            AsOf = at,
            TakenAt = now,
            TakenBy = request.Actor.Id,
            TakenByName = request.Actor.Name,
            Numbers = JsonSerializer.Serialize(figures, JsonSerializerOptions.Web),
        };
        db.Snapshots.Add(kept);
        db.Audit.Add(AuditEntry.Of(request.Actor, "board.keep", "board", FormattableString.Invariant($"{request.Address} as of {at:O}"), now, request.Filter.Unit));
        return await db.CommitWith(KeptBoard.Of(kept), cancellationToken);
    }
}
