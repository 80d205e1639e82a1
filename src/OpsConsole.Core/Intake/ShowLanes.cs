using Microsoft.Extensions.Options;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Who goes first, and how long each lane waits.</summary>
public sealed record ShowLanes(Actor Actor) : IRequest<Outcome<LanesView>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <param name="Items">The first lane first.</param>
/// <param name="UsedPercent">How full this node's memory for what waits is.</param>
/// <param name="DoorWaits">So much waits to be folded that this node's door waits for it: senders' answers take longer, and when that lasts they are asked to come again.</param>
public sealed record LanesView(IReadOnlyList<LaneRow> Items, int UsedPercent, bool DoorWaits)
{
    /// <summary>Receipt of the oldest events of all lanes that are stored and not folded yet; nothing: folding keeps up.</summary>
    public DateTimeOffset? FoldBehind => Items.Min(lane => lane.FoldBehind);
}

/// <summary>One lane.</summary>
/// <param name="Lane">Which.</param>
/// <param name="Weight">Its share of the work while all lanes have some, relative to the others'.</param>
/// <param name="RefusedAbove">How full the memory may be, in per cent, before the lane is refused beyond its own share.</param>
/// <param name="Sources">How many sources have it as their priority.</param>
/// <param name="EntityTypes">The types that are folded in it; of the normal lane none, because it takes all others.</param>
/// <param name="OldestWaiting">Receipt of what has waited longest at this node's door; nothing: nothing waits.</param>
/// <param name="FoldBehind">Receipt of the oldest events of such types that are stored and not folded yet; nothing: folding keeps up.</param>
/// <param name="Unfolded">How many such events are stored and not folded yet.</param>
/// <param name="TurnedAway">How often its sources were told within the day to come again.</param>
public sealed record LaneRow(
    Lane Lane, int Weight, int RefusedAbove, int Sources, IReadOnlyList<string> EntityTypes, DateTimeOffset? OldestWaiting, DateTimeOffset? FoldBehind, long Unfolded, long TurnedAway);

internal sealed class ShowLanesHandler(OpsDb db, IntakeQueue queue, FoldPaces paces, IOptions<LaneOptions> options, TimeProvider clock) : IRequestHandler<ShowLanes, Outcome<LanesView>>
{
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);

    public async Task<Outcome<LanesView>> Handle(ShowLanes request, CancellationToken cancellationToken)
    {
        var lanes = options.Value;
        var since = clock.GetUtcNow() - s_day;
        var sources = (await db.Sources.AsNoTracking().ToListAsync(cancellationToken)).Where(request.Actor.Sees).ToList();
        var full = await db.SourceRefusals.AsNoTracking().Where(r => r.Reason == DoorReason.Full && r.Hour >= since)
            .GroupBy(r => r.SourceId).Select(r => new { r.Key, Count = r.Sum(one => one.Count) }).ToDictionaryAsync(r => r.Key, r => r.Count, cancellationToken);
        var behind = await db.Batches.AsNoTracking().Where(batch => batch.FoldedAt == null && batch.Kind == FactKind.Events)
            .GroupBy(batch => batch.Lane).Select(lane => new { lane.Key, Oldest = lane.Min(batch => batch.ReceivedAt), Facts = lane.Sum(batch => (long)batch.Facts) }).ToDictionaryAsync(lane => lane.Key, cancellationToken);
        return new LanesView(
            [
                .. LaneOptions.All.Select(lane => new LaneRow(
                    lane, lanes.Weight(lane), lanes.RefuseAbove[lane], sources.Count(source => source.Priority == lane),
                    [.. lanes.EntityTypes.Where(type => type.Value == lane).Select(type => type.Key).Order(StringComparer.Ordinal)],
                    queue.Oldest(lane), behind.GetValueOrDefault(lane)?.Oldest, behind.GetValueOrDefault(lane)?.Facts ?? 0,
                    sources.Where(source => source.Priority == lane).Sum(source => full.GetValueOrDefault(source.Id)))),
            ],
            (int)(100 * queue.Budget.Taken / queue.Budget.Limit),
            LaneOptions.All.Any(lane => paces.Of(FactKind.Events).Waits(lane) || paces.Of(FactKind.Spans).Waits(lane)));
    }
}
