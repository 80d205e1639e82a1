using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>The bulks that the caller may see, latest first.</summary>
/// <param name="Take">At most 100.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListBulks(int Take, Actor Actor) : IRequest<Outcome<BulkList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Items">Each with how far it is.</param>
public sealed record BulkList(IReadOnlyList<BulkView> Items);

internal sealed class ListBulksHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListBulks, Outcome<BulkList>>
{
    // Somebody with a part of the units sees some of the latest only.
    private const int Looked = 400;

    public async Task<Outcome<BulkList>> Handle(ListBulks request, CancellationToken cancellationToken)
    {
        if (request.Take is < 1 or > 100)
        {
            return Refusal.Invalid("take", "must be 1 to 100");
        }

        var latest = await db.Bulks.AsNoTracking().OrderByDescending(b => b.CreatedAt).Take(Looked).ToListAsync(cancellationToken);
        var shown = latest.Where(bulk => bulk.IsSeenBy(request.Actor)).Take(request.Take).ToList();
        var progress = await BulkProgress.Read(db, [.. shown.Select(bulk => bulk.Id)], clock.GetUtcNow(), cancellationToken);
        return new BulkList([.. shown.Select(bulk => BulkView.Of(bulk, reporting.Value.Currency) with { Progress = progress.GetValueOrDefault(bulk.Id, BulkProgress.None) })]);
    }
}

/// <summary>The items of a bulk in their order, each with what became of it.</summary>
/// <param name="BulkId">The bulk.</param>
/// <param name="Only">Only these; nothing: all.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Take">At most 500.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListBulkItems(Guid BulkId, BulkItemFilter? Only, string? After, int Take, Actor Actor) : IRequest<Outcome<Page<BulkItemRow>>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public enum BulkItemFilter
{
    /// <summary>Its turn has not come, or it is on its way.</summary>
    UnderWay,

    Proven,

    /// <summary>Refused by the target, not proven, not sent: what can become a new selection.</summary>
    LeftOver,
}

/// <param name="Replay">How far its replay is; nothing: none was ordered.</param>
/// <param name="Why">Why it was not sent, or what was found.</param>
public sealed record BulkItemRow(
    int Position, Guid CaseId, long Number, string ObjectType, string ObjectId, string Title, string Unit, decimal? Amount, string? Currency, BulkVerdict Verdict, BulkItemState State,
    ReplayState? Replay, int? Attempts, string? Why)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"EX-{Number}");
}

internal sealed class ListBulkItemsHandler(OpsDb db, IMediator mediator) : IRequestHandler<ListBulkItems, Outcome<Page<BulkItemRow>>>
{
    public async Task<Outcome<Page<BulkItemRow>>> Handle(ListBulkItems request, CancellationToken cancellationToken)
    {
        var bulk = await mediator.Send(new ShowBulk(request.BulkId, request.Actor), cancellationToken);
        if (!bulk.Accepted)
        {
            return bulk.Refusal;
        }

        var after = Cursor.Read(request.After, 1) is [var text, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1;
        var take = Cursor.Take(request.Take);
        var all = from item in db.BulkItems.AsNoTracking()
                  where item.BulkId == request.BulkId
                  join replay in db.ReplayItems.AsNoTracking() on item.ReplayId equals (Guid?)replay.Id into replays
                  from replay in replays.DefaultIfEmpty()
                  select new { item, replay };
        all = request.Only switch
        {
            BulkItemFilter.UnderWay => all.Where(one => one.item.State == BulkItemState.Pending || (one.item.State == BulkItemState.Ordered && one.replay!.Outstanding == true)),
            BulkItemFilter.Proven => all.Where(one => one.replay!.State == ReplayState.Proven),
            BulkItemFilter.LeftOver => all.Where(one => one.item.State == BulkItemState.Skipped || one.item.State == BulkItemState.Left
                || one.replay!.State == ReplayState.Failed || one.replay!.State == ReplayState.Disproven || one.replay!.State == ReplayState.Cancelled),
            _ => all,
        };
        var total = await all.CountAsync(cancellationToken);
        var rows = await (
            from one in all
            where one.item.Position > after
            join @case in db.Cases.AsNoTracking() on one.item.CaseId equals @case.Id
            orderby one.item.Position
            select new BulkItemRow(
                one.item.Position, @case.Id, @case.Number, @case.ObjectType, @case.ObjectId, @case.Title, one.item.Unit, @case.Amount, @case.Currency, one.item.Verdict, one.item.State,
                (ReplayState?)one.replay!.State, (int?)one.replay!.Attempts, one.item.Why ?? one.replay!.Finding)).Take(take + 1).ToListAsync(cancellationToken);
        var next = rows.Count > take ? Cursor.Of(rows[take - 1].Position.ToString(CultureInfo.InvariantCulture)) : null;
        return new Page<BulkItemRow>([.. rows.Take(take)], total, next);
    }
}
