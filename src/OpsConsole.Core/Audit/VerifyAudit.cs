using System.Diagnostics;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Goes along the whole chain and compares every entry with its seal, every seal with the one before it and both with the anchors.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Progress">Told now and then how far it is.</param>
public sealed record VerifyAudit(Actor Actor, IProgress<ChainProgress>? Progress = null) : IRequest<Outcome<ChainVerdict>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

public sealed record ChainProgress(long Done, long Of, TimeSpan Took)
{
    public double PerSecond => Took > TimeSpan.Zero ? Done / Took.TotalSeconds : 0;
}

internal sealed class VerifyAuditHandler(OpsDb db, OutsideAnchors outside, TimeProvider clock) : IRequestHandler<VerifyAudit, Outcome<ChainVerdict>>
{
    private const int TellEvery = 5_000;

    public async Task<Outcome<ChainVerdict>> Handle(VerifyAudit request, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();

        // The anchors first: what is sealed while this runs is beyond every anchor that was read.
        List<AnchorLine> anchors = [.. outside.Read(), .. await db.Anchors(cancellationToken)];
        using var keys = await db.Keys(cancellationToken);
        var (last, _) = await db.Head(cancellationToken);
        var check = new ChainCheck(0, AuditBytes.Nothing, anchors, keys) { Sees = request.Actor.Scope };
        await foreach (var link in db.Links(0, last, cancellationToken))
        {
            check.Take(link);
            if (link.Number % TellEvery == 0)
            {
                request.Progress?.Report(new ChainProgress(link.Number, last, Stopwatch.GetElapsedTime(began)));
            }
        }

        var now = clock.GetUtcNow();
        await foreach (var entry in db.Unsealed(DateTimeOffset.MinValue).OrderBy(a => a.At).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            check.TakeUnsealed(entry, now);
        }

        return check.End(whole: true) with { Took = Stopwatch.GetElapsedTime(began) };
    }
}
