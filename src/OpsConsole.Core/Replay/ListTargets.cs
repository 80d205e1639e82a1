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
