using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>The registered places that replays go to.</summary>
public sealed record ListTargets(Actor Actor) : IRequest<Outcome<TargetList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record TargetList(IReadOnlyList<TargetRow> Items);

/// <param name="HasSecret">It has a secret; the secret itself is never shown.</param>
/// <param name="Outstanding">Replays under way or waiting for it.</param>
/// <param name="Parked">Of them, those that wait until it is back.</param>
public sealed record TargetRow(
    string Name, string Url, string Method, string? ReadBackUrl, int ProofSeconds, int TimeoutSeconds, bool HasSecret, bool Disabled, DateTimeOffset? DownUntil,
    DateTimeOffset UpdatedAt, int Outstanding, int Parked);

internal sealed class ListTargetsHandler(OpsDb db) : IRequestHandler<ListTargets, Outcome<TargetList>>
{
    public async Task<Outcome<TargetList>> Handle(ListTargets request, CancellationToken cancellationToken)
    {
        var targets = await db.Targets.AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancellationToken);
        var waiting = await db.ReplayItems.AsNoTracking().Where(r => r.Outstanding == true)
            .GroupBy(r => new { r.Target, Parked = r.State == ReplayState.Parked }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return new TargetList(
            [.. from target in targets
                let mine = waiting.Where(some => some.Key.Target == target.Name).ToList()
                select target.ToRow(mine.Sum(some => some.Count), mine.Where(some => some.Key.Parked).Sum(some => some.Count))]);
    }
}

internal static class TargetRows
{
    public static TargetRow ToRow(this ReplayTarget t, int outstanding, int parked) => new(
        t.Name, t.Url, t.Method, t.ReadBackUrl, t.ProofSeconds, t.TimeoutSeconds, t.ProtectedSecret is not null, t.Disabled, t.DownUntil, t.UpdatedAt, outstanding, parked);
}
