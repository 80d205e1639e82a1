using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>A stored fact that no fold can take, with the reason. It stays counted as stored; the lane goes on.</summary>
public sealed class ParkedFact
{
    public required byte[] EventKey { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }
}

/// <summary>One committed write of facts that waits to be folded. The projector takes pending batches, never "everything after a number": a writer that commits late would be skipped.</summary>
public sealed class Batch
{
    /// <summary>Version 7, so roughly in the order of writing.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>events</c> or <c>spans</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its facts are of entity types of this lane: money is folded before what can wait.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    public required int Facts { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? FoldedAt { get; set; }

    /// <summary>In the transaction of the fold.</summary>
    internal static Task MarkFolded(OpsDb db, Guid[] batches, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Batches.Where(batch => batches.Contains(batch.Id)).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.FoldedAt, now), cancellationToken);
}
