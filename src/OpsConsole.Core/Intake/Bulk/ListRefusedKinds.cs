using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Bulk;

/// <summary>What is open in quarantine, by kind, the largest first.</summary>
public sealed record ListRefusedKinds(Actor Actor) : IRequest<Outcome<IReadOnlyList<RefusedKindRow>>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <param name="Kind">What they have in common.</param>
/// <param name="Count">How many are open.</param>
/// <param name="FirstAt">Receipt of the oldest.</param>
/// <param name="LastAt">Receipt of the newest.</param>
/// <param name="Message">What is wrong with one of them.</param>
public sealed record RefusedKindRow(RefusedKind Kind, int Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Message);

internal sealed class ListRefusedKindsHandler(OpsDb db) : IRequestHandler<ListRefusedKinds, Outcome<IReadOnlyList<RefusedKindRow>>>
{
    private const int MostShown = 200;

    public async Task<Outcome<IReadOnlyList<RefusedKindRow>>> Handle(ListRefusedKinds request, CancellationToken cancellationToken)
    {
        var seen = (await db.Sources.AsNoTracking().ToListAsync(cancellationToken)).Where(request.Actor.Sees).ToDictionary(source => source.Id, source => source.Name);
        var senders = seen.Keys.ToArray();
        var kinds = await db.Quarantine.AsNoTracking()
            .Where(q => q.State == QuarantineState.Open && senders.Contains(q.SenderId))
            .GroupBy(q => new { q.SenderId, q.Kind, q.Reason, q.Field, q.EventType })
            .Select(same => new { same.Key, Count = same.Count(), FirstAt = same.Min(q => q.ReceivedAt), LastAt = same.Max(q => q.ReceivedAt), Message = same.Min(q => q.Message)! })
            .OrderByDescending(same => same.Count).Take(MostShown)
            .ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<RefusedKindRow>>(
        [
            .. kinds.Select(same => new RefusedKindRow(
                new RefusedKind(seen[same.Key.SenderId], same.Key.Kind, same.Key.Reason, same.Key.Field, same.Key.EventType), same.Count, same.FirstAt, same.LastAt, same.Message)),
        ]);
    }
}
