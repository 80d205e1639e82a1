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
    DateTimeOffset UpdatedAt, int Outstanding, int Parked)
{
    public TargetKind Kind { get; init; }

    /// <summary>The most sends a second, over all nodes; nothing: as fast as it answers.</summary>
    public decimal? RatePerSecond { get; init; }

    public int Parallel { get; init; }

    public int BreakAfter { get; init; }

    public int BreakSeconds { get; init; }

    /// <summary>The breaker is open: replays are parked.</summary>
    public bool Open { get; init; }

    public DateTimeOffset? DownSince { get; init; }

    public int FailuresInRow { get; init; }

    public string? LastFault { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>It asked to be left alone until then, or its rate is given away until then.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Wait for other exceptions to end.</summary>
    public int Waiting { get; init; }

    /// <summary>Are due and go next, in their order.</summary>
    public int Due { get; init; }

    /// <summary>Were delivered and wait for proof.</summary>
    public int Unproven { get; init; }
}

internal sealed class ListTargetsHandler(OpsDb db) : IRequestHandler<ListTargets, Outcome<TargetList>>
{
    public async Task<Outcome<TargetList>> Handle(ListTargets request, CancellationToken cancellationToken)
    {
        var targets = await db.Targets.AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancellationToken);
        var waiting = await db.ReplayItems.AsNoTracking().Where(r => r.Outstanding == true)
            .GroupBy(r => new { r.Target, r.State }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return new TargetList(
            [.. from target in targets
                select target.ToRow(waiting.Where(some => some.Key.Target == target.Name).ToDictionary(some => some.Key.State, some => some.Count))]);
    }
}

internal static class TargetRows
{
    /// <param name="t">The target.</param>
    /// <param name="outstanding">How many of its replays that are not over are in which state.</param>
    public static TargetRow ToRow(this ReplayTarget t, IReadOnlyDictionary<ReplayState, int> outstanding) => new(
        t.Name, t.Url, t.Method, t.ReadBackUrl, t.ProofSeconds, t.TimeoutSeconds, t.ProtectedSecret is not null, t.Disabled, t.DownUntil, t.UpdatedAt,
        outstanding.Values.Sum(), outstanding.GetValueOrDefault(ReplayState.Parked))
    {
        Kind = t.Kind, RatePerSecond = t.RatePerSecond, Parallel = t.Parallel, BreakAfter = t.BreakAfter, BreakSeconds = t.BreakSeconds,
        Open = t.FailuresInRow >= t.BreakAfter, DownSince = t.DownSince, FailuresInRow = t.FailuresInRow, LastFault = t.LastFault, AnsweredAt = t.AnsweredAt, NextAt = t.NextAt,
        Waiting = outstanding.GetValueOrDefault(ReplayState.Waiting), Due = outstanding.GetValueOrDefault(ReplayState.Due) + outstanding.GetValueOrDefault(ReplayState.Sending),
        Unproven = outstanding.GetValueOrDefault(ReplayState.Delivered),
    };
}
